import type { Construct } from 'constructs';
import { alias, type EntityTemplate, entityTemplates } from '../../../policy';
import { templatesOf } from '../policy/policy-templates';
import { VaultPolicy } from '../policy/vault-policy';
import type { CallerKind, RoleKind } from './caller';
import { canHave, givenPolicies, templateProblem } from './check-templates';
import type { Mounted, PolicyGiver } from './mounted';

/** A policy with templates on a mount, or a template that was asked for and is in no policy of the app. */
interface Use {
  readonly where: string;
  readonly templates: readonly EntityTemplate[];
  /** Who gives it. */
  readonly givers: readonly PolicyGiver[];
}

/**
 * What is wrong with the templates on a mount that no role or group gives as far as the app knows, and with keys that the
 * mount does not note. What is given is checked where it is given.
 */
export function checkMountTemplates(mount: Construct, mounted: Mounted): string[] {
  return usesOf(mount, mounted).flatMap((use) => [
    ...(use.givers.length > 0 ? [] : checkUngiven(use, mounted)),
    ...checkNoted(use, mounted),
  ]);
}

function usesOf(mount: Construct, mounted: Mounted): Use[] {
  const accessor = mounted.usedAccessor;
  if (accessor === undefined) {
    return [];
  }
  const given = mounted.givers.map((giver) => ({ giver, policies: givenPolicies(giver) }));
  const uses = mount.node.root.node
    .findAll()
    .filter((construct) => construct instanceof VaultPolicy)
    .map((policy) => ({
      where: policy.node.path,
      templates: templatesOf(policy.rules).filter((template) => template.accessor === accessor),
      givers: given.filter(({ policies }) => policies.includes(policy)).map(({ giver }) => giver),
    }))
    .filter(({ templates }) => templates.length > 0);
  const written = new Set(uses.flatMap(({ templates }) => templates.map(({ key }) => key)));
  const asked = [...mounted.askedKeys].filter((key) => !written.has(key)).sort();
  return asked.length === 0
    ? uses
    : [
        ...uses,
        {
          where: 'a policy that is no VaultPolicy',
          templates: asked.flatMap((key) => entityTemplates(alias(accessor).metadata(key))),
          givers: [],
        },
      ];
}

/** It may be given elsewhere, to anybody who logs in here. */
function checkUngiven({ where, templates }: Use, mounted: Mounted): string[] {
  const { givers } = mounted;
  return templates.flatMap((template) => {
    const problems =
      givers.length > 0
        ? givers.flatMap((giver) => templateProblem(template, giver, mounted) ?? [])
        : forAnybody(template, mounted);
    return problems
      .slice(0, 1)
      .map(
        (problem) =>
          `'${where}' is given by no role of this app, so each role must suit it; it has ${problem}`,
      );
  });
}

/** Without a role, a template is wrong only if it is wrong for all callers that there can be. */
function forAnybody(template: EntityTemplate, mounted: Mounted): string[] {
  const found = KINDS.filter((kind) => canHave(kind, template)).flatMap((kind) =>
    CALLERS[kind].map((caller) =>
      templateProblem(template, { kind, callers: () => [{ kind: caller }] }, mounted),
    ),
  );
  const problems = found.filter((problem) => problem !== undefined);
  return problems.length === found.length ? problems : [];
}

const CALLERS: Readonly<Record<RoleKind, readonly CallerKind[]>> = {
  iam: ['user', 'person', 'iam-role', 'pinned-session', 'vault-role'],
  'iam with inference': ['iam-role', 'pinned-session', 'vault-role'],
  ec2: ['instance', 'image', 'vault-role'],
};
const KINDS = Object.keys(CALLERS) as RoleKind[];

/** A rule never applies to a login without the key. */
function checkNoted({ where, templates, givers }: Use, { facts, givers: all }: Mounted): string[] {
  const judged = givers.length > 0 ? givers : all;
  const kinds = judged.length > 0 ? judged.map(({ kind }) => kind) : KINDS;
  return templates.flatMap((template) => {
    const { value, key = '' } = template;
    const lists = [...new Set(kinds.filter((kind) => canHave(kind, template)).map(listOf))];
    if (value !== 'metadata' || lists.some((list) => notedIn(list).includes(key))) {
      return [];
    }
    const on = `'${where}' has a template on '${key}'`;
    return lists.length === 0
      ? [`${on}, which no login by its roles has, so the rule never applies`]
      : lists.map(
          (list) =>
            `identity.${list}: ${on}, which the alias must note, or the rule never applies; got ${notedIn(list).join(', ')}`,
        );
  });

  function notedIn(list: ReturnType<typeof listOf>): readonly string[] {
    return facts.identity[list];
  }
}

function listOf(kind: RoleKind): 'iamMetadata' | 'ec2Metadata' {
  return kind === 'ec2' ? 'ec2Metadata' : 'iamMetadata';
}
