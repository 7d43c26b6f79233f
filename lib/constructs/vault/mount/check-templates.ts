import type { EntityTemplate } from '../../../policy';
import { templatesOf } from '../policy/policy-templates';
import { type VaultPolicy, vaultPoliciesNamed } from '../policy/vault-policy';
import type { Caller, RoleKind, TemplatesFor } from './caller';
import { EC2_METADATA, IAM_METADATA } from './identity-config';
import type { Mounted, PolicyGiver } from './mounted';
import { aliasRows, ENTITY_VALUES, isRight, type TemplateValue } from './template-table';

/** The accessor of an AWS auth mount, as Vault makes it. */
const AWS_ACCESSOR = /^auth_aws_[0-9a-f]{8}$/;

/** What a person may say, and when it is true. */
const SAID: Readonly<Record<TemplatesFor, string>> = {
  'iam-role': 'if all sessions of an IAM role are one caller',
  'pinned-session':
    'if the trust policy of each bound IAM role leaves nobody a choice of sts:RoleSessionName',
  image: 'if all instances of an image are one caller',
  'vault-role': 'if all callers of the role are one',
};
const MAY_SAY: Readonly<Record<RoleKind, readonly TemplatesFor[]>> = {
  iam: ['iam-role', 'pinned-session', 'vault-role'],
  'iam with inference': ['iam-role', 'pinned-session', 'vault-role'],
  ec2: ['image', 'vault-role'],
};

/** The policies that a role or group gives, as far as they are of this app. */
export function givenPolicies({ construct, policies }: PolicyGiver): readonly VaultPolicy[] {
  return policies.flatMap((policy) =>
    typeof policy === 'string' ? vaultPoliciesNamed(construct, policy) : [policy],
  );
}

/**
 * What is wrong with the templates of the policies that a role or group gives: each must have a value that is its
 * caller's, by the table.
 */
export function checkGivenTemplates(giver: PolicyGiver, mounted: Mounted): string[] {
  return givenPolicies(giver).flatMap((policy) =>
    templatesOf(policy.rules)
      .filter(
        ({ accessor }) =>
          accessor === undefined || accessor === mounted.usedAccessor || AWS_ACCESSOR.test(accessor),
      )
      .flatMap((template) => {
        const problem = templateProblem(template, giver, mounted);
        return problem === undefined ? [] : [`${giver.place}: '${policy.node.path}' has ${problem}`];
      }),
  );
}

/** What is wrong with a template, for the callers of a role or group; undefined if nothing is. */
export function templateProblem(
  template: EntityTemplate,
  { kind, callers, said }: Pick<PolicyGiver, 'kind' | 'callers' | 'said'>,
  { facts: { identity, guideOnly } }: Pick<Mounted, 'facts'>,
): string | undefined {
  const value = valueOf(template);
  const field = kind === 'ec2' ? 'ec2Alias' : 'iamAlias';
  const now = identity[field];
  if (!isKnown(kind, value)) {
    return undefined;
  }
  const wrong = callers(said).filter((caller) => !isRight(kind, now, caller, value));
  if (wrong.length === 0) {
    return undefined;
  }
  const plain = waysOf(said);
  const ways = plain.length > 0 ? plain : [undefined, ...MAY_SAY[kind]].flatMap(waysOf);
  return (
    `${shown(template)}, which under ${field} '${now}' is not a value of their own for ` +
    `${[...new Set(wrong.map(inWords))].join(' and ')}: others have it too, or change it when they log in; ` +
    (ways.length > 0 ? `set ${ways.join('; or ')}` : 'no alias makes it right, so take another template') +
    (guideOnly ? `; a mount with guideOnly has only 'role_id'` : '')
  );

  /** What to change, so that the template is right if a person says this of the callers; empty if nothing helps. */
  function waysOf(says?: TemplatesFor): string[] {
    const aliases = aliasRows(kind)
      .map(([alias]) => alias)
      .filter((alias) =>
        callers(says).every((caller) => isRight(kind, alias, caller, value as TemplateValue)),
      );
    if (aliases.length === 0) {
      return [];
    }
    const changes = [
      ...(aliases.includes(now) ? [] : [`identity: { ${field}: ${oneOfThese(aliases)} } at the mount`]),
      ...(says === said
        ? []
        : [says ? `templatesFor: '${says}' at the role, ${SAID[says]}` : 'no templatesFor']),
    ];
    return [changes.join(' and ')];
  }
}

/** Whether a login of this kind can have the value; if not, a rule with it never applies to the login. */
export function canHave(kind: RoleKind, template: EntityTemplate): boolean {
  return isKnown(kind, valueOf(template));
}

function isKnown(kind: RoleKind, value: string): value is TemplateValue {
  const keys: readonly string[] = kind === 'ec2' ? EC2_METADATA : IAM_METADATA;
  return (
    ENTITY_VALUES.some((known) => known === value) ||
    (keys.includes(value) && (kind !== 'iam' || !value.startsWith('inferred_')))
  );
}

/** As the table calls it. */
function valueOf({ accessor, value, key }: EntityTemplate): string {
  if (accessor === undefined) {
    return `entity.${value}`;
  }
  return value === 'metadata' ? (key ?? '') : `alias.${value}`;
}

/** A template in a message: an accessor that is known at apply would be unreadable. */
function shown({ text, accessor }: EntityTemplate): string {
  return accessor && !AWS_ACCESSOR.test(accessor) ? text.replace(accessor, 'ACCESSOR') : text;
}

const oneOfThese = (aliases: readonly string[]) => aliases.map((alias) => `'${alias}'`).join(' or ');

const CALLERS: Readonly<Record<Caller['kind'], string>> = {
  user: 'IAM users',
  person: 'people of a permission set',
  session: 'sessions of IAM roles',
  'iam-role': 'IAM roles',
  'pinned-session': 'sessions with pinned names',
  instance: 'instances',
  image: 'images',
  'vault-role': 'all callers of the role as one',
};
const inWords = ({ kind, wildcard }: Caller) => `${CALLERS[kind]}${wildcard ? ' behind a wildcard' : ''}`;
