import type { Access } from './access';
import type { PolicyDocuments } from './policy-documents';

/** What was read, and its source. */
export interface Read {
  readonly source: string;
  readonly access: Access;
}

/**
 * Gives each source the policies that it lacks: if exactly one other source has the policy, that one is used, and
 * marked. Nobody knows here which Vault a source uses, so it counts only if both use the same. If several have the
 * policy, none is used.
 */
export function readTogether(read: readonly Read[]): Read[] {
  return read.map((one) => {
    const others = read.filter((other) => other !== one);
    return { ...one, access: { ...one.access, policies: among(one.access.policies, others) } };
  });
}

function among(own: PolicyDocuments, others: readonly Read[]): PolicyDocuments {
  const holdersOf = (name: string, namespace: string) =>
    own.has(name, namespace)
      ? []
      : others.filter(({ access: { policies } }) => policies.has(name, namespace));
  return {
    all: own.all,
    has: (name, namespace) => own.has(name, namespace) || holdersOf(name, namespace).length === 1,
    rulesOf: (name, namespace) => {
      const holders = holdersOf(name, namespace);
      if (holders.length > 1) {
        const sources = holders.map(({ source }) => source).join(', ');
        return { rules: undefined, why: `its text is not here, and several others have one: ${sources}` };
      }
      const [holder] = holders;
      return holder === undefined
        ? own.rulesOf(name, namespace)
        : { ...holder.access.policies.rulesOf(name, namespace), source: holder.source };
    },
  };
}
