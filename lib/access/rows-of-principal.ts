import { matchPrincipal } from './match-principal';
import { canonicalArn, parsePrincipal, type Principal as Caller, withoutPath } from '../iam';
import type { AccessRow } from './access-rows';
import { entitiesOf, inGroup } from './membership';
import { THIS_ACCOUNT } from '../terraform';

/**
 * The rows that let a principal in. For an ARN these are the rows by which Vault lets it in: by its bind, a wildcard,
 * its account, its groups. Their conditions say what is not known here. Any other text is searched in the principals'
 * labels and in the names of groups' members.
 *
 * @throws Error for an ARN that is not a principal's
 */
export function rowsOfPrincipal(rows: readonly AccessRow[], text: string): AccessRow[] {
  if (!text.startsWith('arn:') || text.includes('*')) {
    const wanted = text.toLowerCase();
    return rows.filter(({ grant: { principal, group } }) =>
      [principal.label, principal.bind ?? '', ...(group?.members ?? [])].some((name) =>
        name.toLowerCase().includes(wanted),
      ),
    );
  }
  const caller = parsePrincipal(text);
  return rows.flatMap((row) => {
    const verdict = letsIn(row, caller, text);
    return verdict === 'no'
      ? []
      : [{ ...row, conditions: verdict === 'yes' ? row.conditions : [...row.conditions, verdict.given] }];
  });
}

type Verdict = 'yes' | 'no' | { readonly given: string };

function letsIn({ access, grant }: AccessRow, caller: Caller, arn: string): Verdict {
  const { group, entity, role, principal } = grant;
  if (group) {
    const member = inGroup(access, group.resource, caller, arn);
    return member === undefined
      ? { given: `it is a member, which is known only after the apply` }
      : member
        ? 'yes'
        : 'no';
  }
  if (entity) {
    return entitiesOf(access, caller, arn).includes(entity) ? 'yes' : 'no';
  }
  const { inferred_entity_type: inferred, resolve_aws_unique_ids: resolve } = role!.resource.values;
  if (principal.kind === 'instances') {
    // Roles of type ec2 are for instances by their document; no ARN logs in by them.
    if (!inferred || caller.session === undefined) {
      return 'no';
    }
    const { bind } = principal;
    return bind === undefined || byBind(bind, resolve !== false, caller, arn) !== 'no'
      ? { given: 'it is the session of such an instance' }
      : 'no';
  }
  return principal.bind === undefined
    ? { given: 'the bind names it, which is known only after the apply' }
    : byBind(principal.bind, resolve !== false, caller, arn);
}

function byBind(bind: string, resolve: boolean, caller: Caller, arn: string): Verdict {
  const known = bind.replace(THIS_ACCOUNT, caller.accountId);
  const verdict = known.endsWith('*') ? byWildcard(known, caller, arn) : byName(known, resolve, caller);
  return verdict !== 'no' && known !== bind
    ? { given: `${caller.accountId} is the account that the stack is applied with` }
    : verdict;
}

/** If Vault resolves the bind to a unique ID, it ignores the path: names are unique in an account. */
function byName(bind: string, resolve: boolean, caller: Caller): Verdict {
  const canonical = canonicalArn(caller);
  const named = resolve ? withoutPath(bind) : bind;
  return named === canonical ? 'yes' : 'no';
}

function byWildcard(bind: string, caller: Caller, arn: string): Verdict {
  const matches = (fullArn: string) =>
    matchPrincipal(
      { bound_iam_principal_arn: [bind], bound_iam_principal_id: [], resolve_aws_unique_ids: true },
      caller,
      { fullArn },
    ).verdict === 'yes';
  if (caller.session === undefined) {
    return matches(arn) ? 'yes' : 'no';
  }
  // The ARN of a session lacks the path of its role.
  const before = canonicalArn({ ...caller, name: '' });
  if (matches(before)) {
    return 'yes';
  }
  return bind.startsWith('*') || bind.startsWith(before)
    ? { given: `the ARN of its role, with its path, matches ${bind}` }
    : 'no';
}
