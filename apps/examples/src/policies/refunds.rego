package mcp

default answer := "deny"

answer := "allow" if input.tool == "list-refunds"

else := "allow" if "managers" in input.groups

else := "depends" if {
	input.tool == "refund"
	not input.arguments
}

else := "allow" if {
	input.tool == "refund"
	is_number(input.arguments.amount)
	input.arguments.amount <= 100
}

# A whole list in one question
answers := [found | some tool in input.tools; found := answer with input.tool as tool]
