const signs = ['*', '†', '‡', '§', '¶', '‖', '**', '††', '‡‡', '§§'];

/** Marks subjects in tables that let pass what they should refuse, and says below what that is. */
export function createMarks() {
  const passedBy = new Map();
  const signOf = new Map();
  return {
    add(name, passed) {
      if (passed.length === 0) return;
      const what = passed.join(', ');
      passedBy.set(name, what);
      if (!signOf.has(what)) signOf.set(what, signs[signOf.size] ?? '(!)');
    },
    mark: (name) => (passedBy.has(name) ? `${name} ${signOf.get(passedBy.get(name))}` : name),
    explain(report) {
      for (const [what, sign] of signOf) report.text(`${sign} lets pass: ${what}`);
    },
  };
}
