import { matchPrincipal, type MatchRule } from '../../access';
import { parsePrincipal, type Principal } from '../../iam';
import {
  hasStsRole,
  type LiveRole,
  type MethodClient,
  readRole,
  readTune,
  VaultError,
} from '../../vault-api';
import { type Reason, whyRefused } from '../verify';
import { type AwsSide, type LookedUp, lookUp } from './aws-side';
import { isClosed } from './close-role';
import { identityPolicies } from './identity-policies';

/** Whether a principal would be let in, by what Vault and AWS say now. */
export interface Explanation {
  /** The ARN that was asked about. */
  readonly principal: string;
  readonly role: string;
  readonly mountPath: string;
  readonly login: 'yes' | 'no' | 'unknown';

  /** The rule of Vault that lets it in, and the bind of the role that it matches. */
  readonly rule?: MatchRule;
  readonly bind?: string;

  /** Why it is not let in, or what is not known. */
  readonly reasons: readonly Reason[];

  /** Policies that the role gives. Absent if it is not let in. */
  readonly tokenPolicies?: readonly string[];
  /** Policies of the entity and its groups. Absent if Vault could not be asked for them. */
  readonly identityPolicies?: readonly string[];
  readonly ttlSeconds?: number;

  /** What else decides, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Finds out, without the credentials of a principal, whether it can log in with a role, by which bind, and
 * what it gets.
 *
 * @param arn of a user, of a role, or of a session, which counts as its role
 * @param aws AWS, to ask about the principal; without it a resolved bind or a wildcard is unknown
 * @throws VaultError | VaultUnreachableError if the role can't be read
 */
export async function explainLogin(
  methodClient: MethodClient,
  role: string,
  arn: string,
  aws?: AwsSide,
): Promise<Explanation> {
  const { mountPath } = methodClient;
  const about = { principal: arn, role, mountPath };
  const no = (...reasons: Reason[]): Explanation => ({ ...about, login: 'no', reasons, notes: [] });

  let principal: Principal;
  try {
    principal = parsePrincipal(arn);
  } catch (error) {
    return no({ cause: (error as Error).message, action: 'Ask about a user, a role or a session.' });
  }
  const live = await readRole(methodClient, role);
  if (!live) {
    const action = `See which there are: 'vault list auth/${mountPath}/role'.`;
    return no({ cause: `There is no role '${role}' on the mount '${mountPath}'.`, action });
  }
  if (live.auth_type !== 'iam') {
    const cause = `The role '${role}' is for the documents of EC2 instances, not for IAM principals.`;
    return no({ cause, action: 'Ask about a role of auth_type iam.' });
  }
  if (isClosed(live)) {
    const cause = `The role '${role}' was closed: its token_bound_cidrs let nobody in.`;
    return no({ cause, action: 'Open it by writing it again: `npx cdktf deploy`.' });
  }

  const found = await lookUp(aws, principal);
  if (found.state === 'absent') {
    const cause = `AWS has no ${principal.kind} '${principal.name}' in account ${principal.accountId}.`;
    return no({ cause, action: 'Check the name. If it was deleted, create it again.' });
  }
  const facts = found.state === 'found' ? found : {};
  const match = matchPrincipal(live, principal, facts);
  const byLookUp =
    live.bound_iam_principal_arn.some((bind) => bind.endsWith('*')) &&
    !(match.verdict === 'yes' && match.rule !== 'wildcard');
  const unreachable = byLookUp ? await whyUnreachable(methodClient, principal, aws) : [];
  if (unreachable.length > 0) {
    return no(...unreachable);
  }
  if (match.verdict === 'no') {
    return { ...no(...whyRefused(live, principal, facts)), notes: byLookUp ? [CACHED] : [] };
  }
  const given = await whatItGets(methodClient, live, principal, arn, found);
  const notes = [...(byLookUp ? [CACHED] : []), ...conditions(live), ...given.notes];
  if (match.verdict === 'unknown') {
    const why = found.state === 'not asked' ? found.why : '';
    const what = match.needs === 'uniqueId' ? 'unique ID' : 'path';
    const cause = `The principal's ${what} decides, and AWS could not be asked for it: ${why}.`;
    const action = 'Run this with AWS credentials of its account that may iam:GetUser and iam:GetRole.';
    return { ...about, ...given, login: 'unknown', reasons: [{ cause, action }], notes };
  }
  return { ...about, ...given, login: 'yes', rule: match.rule, bind: match.bind, reasons: [], notes };
}

const CACHED =
  'Vault keeps the path of a principal for up to 7 days after the last login: until then it matches a moved principal by its old path.';

/** Vault looks a principal up with a role of its account, or with its own key in its own account. */
async function whyUnreachable(
  methodClient: MethodClient,
  { accountId }: Principal,
  aws: AwsSide | undefined,
): Promise<Reason[]> {
  const path = `auth/${methodClient.mountPath}/config/sts/${accountId}`;
  if (aws === undefined || aws.accountId === accountId || (await hasStsRole(methodClient, accountId))) {
    return [];
  }
  return [
    {
      cause: `A wildcard makes Vault look the principal up, and it has no role to assume in account ${accountId} ('${path}').`,
      action:
        "Declare a StsRole for the account, or bind the principal's exact ARN with resolveAwsUniqueIds: false.",
    },
  ];
}

/** What else a login has to meet. */
function conditions({ inferred_entity_type, token_bound_cidrs }: LiveRole): string[] {
  return [
    ...(inferred_entity_type
      ? ['The session must also be that of an EC2 instance which meets the other binds of the role.']
      : []),
    ...(token_bound_cidrs.length > 0 ? [`The login must come from ${token_bound_cidrs.join(' or ')}.`] : []),
  ];
}

async function whatItGets(
  methodClient: MethodClient,
  live: LiveRole,
  principal: Principal,
  arn: string,
  found: LookedUp,
): Promise<Pick<Explanation, 'tokenPolicies' | 'identityPolicies' | 'ttlSeconds' | 'notes'>> {
  const known = found.state === 'found' ? found : undefined;
  const callerArn = principal.kind === 'user' ? known?.fullArn : principal.session && arn;
  const notes: string[] = [];
  const unlessRefused = async <T>(what: string, asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof VaultError) {
        notes.push(`Could not read ${what}: ${error.message.trim()}`);
        return undefined;
      }
      throw error;
    }
  };
  const identity = await unlessRefused(
    'the identity policies',
    identityPolicies(methodClient, live, principal, { uniqueId: known?.uniqueId, callerArn }),
  );
  if (identity && 'notAsked' in identity) {
    notes.push(`Could not read the identity policies: ${identity.notAsked}.`);
  }
  const own = live.token_period || live.token_ttl;
  const tune = await unlessRefused('the TTL of the mount', readTune(methodClient));
  const ttl = own || tune?.default_lease_ttl;
  const longest = Math.min(live.token_max_ttl || Infinity, tune?.max_lease_ttl ?? Infinity);
  const policies = live.token_no_default_policy ? live.token_policies : [...live.token_policies, 'default'];
  return {
    tokenPolicies: [...new Set(policies)].sort(),
    ...(identity && 'policies' in identity && { identityPolicies: identity.policies }),
    ...(ttl !== undefined && { ttlSeconds: Math.min(ttl, longest) }),
    notes,
  };
}

/** The explanation for a person at a terminal. */
export function renderExplanation(explanation: Explanation): string {
  const { principal, role, mountPath, login, rule, bind, reasons, notes } = explanation;
  const { tokenPolicies, identityPolicies: ofEntity, ttlSeconds } = explanation;
  const says = { yes: 'can log in', no: "can't log in", unknown: 'may be able to log in' }[login];
  return [
    `'${principal}' ${says} as '${role}' at auth/${mountPath}.`,
    ...(rule ? [`rule: ${rule}${bind ? `, '${bind}'` : ''}`] : []),
    ...reasons.flatMap(({ cause, action }) => [cause, `What to do: ${action}`]),
    ...(tokenPolicies ? [`token policies: ${tokenPolicies.join(', ') || 'none'}`] : []),
    ...(ofEntity ? [`identity policies: ${ofEntity.join(', ') || 'none'}`] : []),
    ...(ttlSeconds === undefined ? [] : [`TTL: ${ttlSeconds} s`]),
    ...notes,
  ].join('\n');
}
