import { coversEveryMount, overlaps } from './path-pattern';
import type { Capability, PolicyRule } from './rule';

/** A rule that Vault accepts and that gives more than most policies should. */
export interface WideRule {
  /**
   * `policy-root-like`: a token with the rule can do, or can get the right to do, nearly everything that the
   * root token can.
   */
  readonly id: 'policy-root-like';

  /** The rule's place, what it gives, and the path with its capabilities. */
  readonly message: string;
}

interface Grant {
  /** Paths that give it. A rule gives it if its pattern can match one of them. */
  readonly targets: readonly string[];

  /** Any one of them is enough. */
  readonly capabilities: readonly Capability[];

  /** What the holder can do, for the message. */
  readonly effect: string;
}

const WRITE: readonly Capability[] = ['create', 'update', 'patch'];

const GRANTS: readonly Grant[] = [
  {
    // The writer of a policy decides what it allows. The holder may get a policy later that it does not have
    // now.
    targets: ['sys/policies/acl/+', 'sys/policy/+'],
    capabilities: WRITE,
    effect: 'write a policy, which may allow everything',
  },
  {
    targets: ['sys/auth/+'],
    capabilities: WRITE,
    effect: 'mount another auth method, whose logins get any policy',
  },
  {
    // The paths where auth methods keep who gets which policies. Paths of a single field are left out, so
    // that users may change their own password and machines may ask for a secret ID.
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
    // An alias of an entity or a group gives its logins the policies of that entity or group.
    // `identity/lookup/…` is not one of these paths.
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
 * It looks at each rule alone, so a more specific `deny` in another rule does not count. It names the common
 * ways, not all: a rule that it does not name can still allow too much.
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
    return [
      `it covers every mount, with the secrets and settings of all; name the mounts that the rule is for`,
    ];
  }
  return GRANTS.filter(
    (grant) =>
      grant.capabilities.some((capability) => capabilities.includes(capability)) &&
      grant.targets.some((target) => overlaps(path, target)),
  ).map(({ effect }) => `a token with it can ${effect}; narrow it, or give it to administrators only`);
}
