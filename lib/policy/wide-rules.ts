import { coversEveryMount, overlaps } from './path-pattern';
import type { Capability, PolicyRule } from './rule';

/** A rule that Vault accepts and that gives more than most policies should. */
export interface WideRule {
  /** `policy-root-like`: who holds the rule can do, or come to do, nearly all that the root token can. */
  readonly id: 'policy-root-like';

  /** The rule's place, what it gives, and the path with its capabilities. */
  readonly message: string;
}

interface Grant {
  /** Paths that give it; a rule does where its pattern can match one of them. */
  readonly targets: readonly string[];

  /** Any one of them is enough. */
  readonly capabilities: readonly Capability[];

  /** What the holder can do, for the message. */
  readonly effect: string;
}

const WRITE: readonly Capability[] = ['create', 'update', 'patch'];

const GRANTS: readonly Grant[] = [
  {
    // A policy says what its writer wants. One that is not the holder's now may become it.
    targets: ['sys/policies/acl/+', 'sys/policy/+'],
    capabilities: WRITE,
    effect: 'write a policy, which may allow everything',
  },
  {
    targets: ['sys/auth/+'],
    capabilities: WRITE,
    effect: 'mount an auth method of its own, whose logins get any policy',
  },
  {
    // The paths where auth methods keep who gets which policies; those of a single field are left out, so that
    // users may change their own password, and machines ask for a secret ID.
    targets: ['role/+', 'roles/+', 'users/+', 'groups/+', 'certs/+', 'map/+/+'].map(
      (path) => `auth/+/${path}`,
    ),
    capabilities: WRITE,
    effect: 'write which policies a login gets',
  },
  {
    // Without `sudo` a new token has at most the policies of the one that asks for it.
    targets: ['auth/token/create', 'auth/token/create-orphan'],
    capabilities: ['sudo'],
    effect: 'make tokens with any policy',
  },
  {
    // An alias at an entity or a group gives its logins what that has. `identity/lookup/…` is not among it.
    targets: ['entity', 'entity-alias', 'group', 'group-alias'].flatMap((kind) => [
      `identity/${kind}`,
      `identity/${kind}/+/+`,
    ]),
    capabilities: WRITE,
    effect: 'give any entity any policy',
  },
  {
    targets: ['sys/raw/*', 'sys/plugins/catalog/*'],
    capabilities: ['sudo'],
    effect: `change Vault's storage or programs`,
  },
];

/**
 * The rules that make their holder nearly root, a sentence for each way. None of them is a mistake by itself, so
 * they are no problems of `checkRules`: an administrator's policy has such rules on purpose.
 *
 * It looks at each rule alone, so a more specific `deny` beside it does not count, and it names the common ways
 * and not all: what is not here can still be too much.
 *
 * Source: https://developer.hashicorp.com/vault/docs/concepts/policies#root-protected-api-endpoints and
 * `handleCreateCommon` in Vault's `vault/token_store.go` (1.21.1).
 */
export function findWideRules(rules: readonly PolicyRule[]): WideRule[] {
  return rules.flatMap((rule, index) => {
    const capabilities = rule.capabilities.join(', ');
    return effectsOf(rule).map((effect): WideRule => {
      const message = `rules[${index}].path: ${effect}; got '${rule.path}' with ${capabilities}`;
      return { id: 'policy-root-like', message };
    });
  });
}

function effectsOf({ path, capabilities }: PolicyRule): string[] {
  if (capabilities.includes('deny') || capabilities.length === 0) {
    return [];
  }
  if (coversEveryMount(path)) {
    return [`it covers every mount, with the secrets and settings of all; name the mounts that it is for`];
  }
  return GRANTS.filter(
    (grant) =>
      grant.capabilities.some((capability) => capabilities.includes(capability)) &&
      grant.targets.some((target) => overlaps(path, target)),
  ).map(({ effect }) => `who holds it can ${effect}; narrow it, or give it to administrators only`);
}
