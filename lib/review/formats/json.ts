import { type Grant, notJudged } from '../../access';
import type { PolicyRule } from '../../policy';
import type { BaselineEntry } from '../baseline';
import type { Statement } from '../../iam';
import type { ReportedFinding, Severity } from '../finding';
import type { Report, ReportedPlan } from '../report';
import { isChanging } from '../scope';
import { plainText } from '../sentence';
import { visibleJson } from '../../output';

/**
 * What `--format json` prints. New fields can be added to a version. A changed or removed field makes a new version.
 */
export interface ReviewJson {
  readonly version: 1;
  /** The worst first; what was accepted is not among them. */
  readonly findings: readonly FindingJson[];
  /** What the baseline accepts today. */
  readonly accepted: readonly (FindingJson & { readonly reasonToAccept: string; readonly until: string })[];
  /** Entries of the baseline that expired, and entries that match no finding. */
  readonly baseline: {
    readonly expired: readonly BaselineEntry[];
    readonly unused: readonly BaselineEntry[];
  };
  readonly plans: readonly PlanJson[];
}

export interface FindingJson {
  readonly rule: string;
  readonly severity: Severity;
  /** What happens, as one sentence. */
  readonly sentence: string;
  /** Why a person must decide. */
  readonly reason: string;
  /** The plan's name. */
  readonly plan: string;
  /** Addresses of resources; the first is where a reader looks. */
  readonly addresses: readonly string[];
}

export interface PlanJson {
  readonly name: string;
  /** What it was read from. */
  readonly source: string;
  /** False if none of its resources is of Vault or of AWS IAM. */
  readonly reviewed: boolean;
  /** Terraform deferred a part: another plan follows. */
  readonly incomplete: boolean;
  /** How many resources meet each action: create, update, replace, delete, forget, no-op. */
  readonly actions: Readonly<Record<string, number>>;
  /** Who gains and loses what. */
  readonly access: readonly AccessJson[];
  /** Vault policies by path; `notShown` says why a policy can't be shown, `notJudged` which blocks are not judged. */
  readonly policies: readonly {
    readonly name: string;
    readonly address: string;
    readonly rules: readonly {
      readonly path: string;
      readonly before?: PolicyRule;
      readonly after?: PolicyRule;
    }[];
    readonly notShown?: string;
    readonly notJudged?: string;
    /** What Vault takes in another way than it looks. */
    readonly remarks: readonly string[];
  }[];
  /** IAM documents by statement: what is allowed in AWS, or who may assume the role. */
  readonly iam: readonly {
    readonly of: string;
    readonly address: string;
    readonly kind: 'permissions' | 'trust';
    readonly added: readonly Statement[];
    readonly removed: readonly Statement[];
    readonly readable: boolean;
  }[];
  /** All resources that change, including moves and imports. */
  readonly resources: readonly {
    readonly address: string;
    readonly type: string;
    readonly action: string;
    readonly imported: boolean;
    readonly previousAddress?: string;
  }[];
}

export interface AccessJson {
  readonly principal: string;
  /** `new`, `gone`, or `changed` if the principal has access before and after. */
  readonly fate: 'new' | 'gone' | 'changed';
  readonly mount?: string;
  readonly role?: string;
  readonly group?: string;
  readonly gainedPolicies: readonly string[];
  readonly lostPolicies: readonly string[];
  /** Capabilities on paths. */
  readonly paths: readonly {
    readonly path: string;
    readonly gained: readonly string[];
    readonly lost: readonly string[];
  }[];
  /** Policies whose rules are not known. */
  readonly notShown: readonly { readonly policy: string; readonly why: string }[];
  /** Policies that somebody gains and that have blocks which are not judged. */
  readonly notJudged: readonly { readonly policy: string; readonly what: string }[];
  /** Policies behind it that come from another plan. They count only if both plans use the same Vault. */
  readonly ofOthers: readonly { readonly policy: string; readonly plan: string }[];
}

/** A report for machines: {@link ReviewJson}. */
export function renderJson({ findings, accepted, expired, unused, plans }: Report): string {
  const json: ReviewJson = {
    version: 1,
    findings: findings.map(findingOf),
    accepted: accepted.map(({ finding, entry }) => ({
      ...findingOf(finding),
      reasonToAccept: entry.reason,
      until: entry.until,
    })),
    baseline: { expired, unused },
    plans: plans.map(planOf),
  };
  return visibleJson(json);
}

function findingOf({ rule, severity, sentence, reason, plan, addresses }: ReportedFinding): FindingJson {
  return { rule, severity, sentence: plainText(sentence), reason, plan, addresses };
}

function planOf({ name, review, scope, iam }: ReportedPlan): PlanJson {
  const { plan, differences, policies } = review;
  return {
    name,
    source: plan.source,
    reviewed: !scope.foreign,
    incomplete: plan.incomplete,
    actions: Object.fromEntries(scope.actions),
    access: differences.map(accessOf),
    policies: policies.map(({ name, address, rules, notShown, notJudged: unjudged, remarks }) => ({
      name,
      address,
      rules,
      notShown,
      notJudged: notJudged(unjudged),
      remarks,
    })),
    iam: iam.map(({ of, address, kind, added, removed, readable }) => ({
      of,
      address,
      kind,
      added,
      removed,
      readable,
    })),
    resources: plan.changes
      .filter(isChanging)
      .map(({ address, type, action, imported, previousAddress }) => ({
        address,
        type,
        action,
        imported,
        previousAddress,
      })),
  };
}

function accessOf({
  before,
  after,
  gainedPolicies,
  lostPolicies,
  paths,
  notShown,
  notJudged: unjudged,
  ofOthers,
}: ReportedPlan['review']['differences'][number]): AccessJson {
  const { principal, role, group } = (after ?? before) as Grant;
  return {
    principal: principal.label,
    fate: before === undefined ? 'new' : after === undefined ? 'gone' : 'changed',
    mount: role?.mount,
    role: role?.name,
    group: group?.name,
    gainedPolicies,
    lostPolicies,
    paths,
    notShown,
    notJudged: unjudged.map(({ policy, blocks }) => ({ policy, what: notJudged(blocks)! })),
    ofOthers,
  };
}
