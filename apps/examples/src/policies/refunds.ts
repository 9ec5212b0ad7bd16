import { allow, deny, depends, type OperationPolicy } from '@mcp-auth/core';

/** Refunds over 100 need a manager: the arguments decide, and a claim of the token. */
export const refunds: OperationPolicy = {
  tools: {
    'list-refunds': ['refunds:read'],
    refund: ({ arguments: given, caller }) => {
      // A list has no amount yet
      if (given === undefined) return depends();
      if (caller?.claims['role'] === 'manager') return allow();
      // What is no number is not a small one
      const amount = given['amount'];
      if (typeof amount === 'number' && amount <= 100) return allow();
      return deny({ reason: 'Refunds over 100 need a manager.', public: true });
    },
    '*': 'refuse',
  },
};
