import type { Settings } from '../../constructs/stacks';
import { describeClient, describeRole } from './describe-login';
import { describePolicies } from './describe-policies';
import { type Leftover, findLeftovers } from './findings';
import { importsOf } from './imports';
import type { Live, LiveUser } from './live';
import type { Source } from './source';

/** What is left to write. */
export interface Description {
  /** A {@link Settings}. */
  readonly settings: { readonly [name: string]: Source | undefined };
  /** Policies that are kept as files, by their path relative to settings.ts. */
  readonly files: Readonly<Record<string, string>>;
  /** What is there and not in the settings. */
  readonly findings: readonly Leftover[];
}

/** Where and how it was read. */
export interface Place {
  readonly vaultAddress: string;
  /** Vault Enterprise and HCP. @default the root's */
  readonly namespace?: string;
  /** @default the settings' own */
  readonly region?: string;
}

/** The settings that say what is there, and what they don't say. */
export function describe(live: Live, { vaultAddress, namespace, region }: Place): Description {
  const { method, vaultUser, iamPolicy, testUser } = live;
  const policy = describePolicies(method.policies);
  const client = describeClient(method.client);
  const settings = {
    vault: { address: vaultAddress, namespace, mountPath: method.mountPath, ...client.settings },
    aws: {
      region,
      tags: {},
      vaultUser: { userName: vaultUser.name, path: vaultUser.path, policyName: iamPolicy.name },
      testUser: testUser ? { userName: testUser.name, path: testUser.path } : false,
    },
    login: {
      ...describeRole(method, vaultUser.arn),
      policy: policy.settings,
      otherPolicies: policy.others.length > 0 ? policy.others : undefined,
    },
    adopt: {
      imports: importsOf(live, policy.name).map(({ to, id }) => ({ to, id })),
      mount: { description: method.description },
      client: { keepsAccessKey: true, ...client.adopt },
      vaultUser: describeUser(vaultUser),
      iamPolicy: {
        description: iamPolicy.description,
        path: iamPolicy.path === vaultUser.path ? undefined : iamPolicy.path,
        tags: orNone(iamPolicy.tags),
        document: iamPolicy.document as Source,
      },
      testUser: testUser && describeUser(testUser),
    },
  } satisfies { [name in keyof Settings]?: Source };
  return { settings, files: policy.files, findings: [...policy.findings, ...findLeftovers(live)] };
}

function describeUser({ tags, permissionsBoundary }: LiveUser): Source | undefined {
  return orNone(tags) || permissionsBoundary ? { tags: orNone(tags), permissionsBoundary } : undefined;
}

function orNone(tags: Readonly<Record<string, string>>) {
  return Object.keys(tags).length > 0 ? tags : undefined;
}
