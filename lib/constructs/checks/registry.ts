import type { IConstruct } from 'constructs';
import { annotate, type JudgedWarning } from './annotate';
import { didYouMean } from './nearest';
import { type Acknowledgements, type Warning, type WarningId, WARNINGS } from './warning';

const producers = new WeakMap<IConstruct, (() => Warning[])[]>();
const acknowledgements = new WeakMap<IConstruct, Acknowledgements>();

/** A warning, where it was found, and the reason if somebody acknowledged it. */
export interface FoundWarning extends JudgedWarning {
  readonly construct: IConstruct;
}

/**
 * Adds to what a construct warns of. The warnings become annotations of cdktf when the app is written, also by a plain
 * `app.synth()`.
 *
 * @param produce is called once all of the app is declared
 */
export function addWarnings(construct: IConstruct, produce: () => Warning[]): void {
  if (!producers.has(construct)) {
    annotate(construct, () => findWarnings([construct]).warnings);
  }
  producers.set(construct, [...(producers.get(construct) ?? []), produce]);
}

/**
 * Acknowledges warnings of a construct and of all that is declared in it.
 *
 * An id that is unknown or has an empty reason is a problem of the construct. One whose warning is not raised is not:
 * the same code may raise it in another environment. {@link findWarnings} finds it.
 */
export function acknowledge(construct: IConstruct, given: Acknowledgements = {}): void {
  const reasons = Object.entries(given).filter(([, reason]) => reason !== undefined);
  if (reasons.length === 0) {
    return;
  }
  const acknowledged = Object.fromEntries(reasons);
  acknowledgements.set(construct, { ...acknowledgements.get(construct), ...acknowledged });
  const problems = Object.entries(acknowledged).flatMap(([id, reason]) => {
    if (!Object.hasOwn(WARNINGS, id)) {
      const ids = Object.keys(WARNINGS);
      return [
        `acknowledge: there is no warning '${id}'${didYouMean(id, ids) || `; there are ${ids.join(', ')}`}`,
      ];
    }
    return reason.trim() === '' ? [`acknowledge: '${id}' needs a reason; got '${reason}'`] : [];
  });
  if (problems.length > 0) {
    construct.node.addValidation({ validate: () => problems });
  }
}

/** An acknowledgement of a warning that is not raised there. */
export interface UnusedAcknowledgement {
  readonly id: WarningId;
  readonly construct: IConstruct;
}

/**
 * All warnings of constructs, and the acknowledgements of warnings that are not raised.
 *
 * The nearest construct that acknowledges an id is the one whose reason counts.
 */
export function findWarnings(constructs: readonly IConstruct[]): {
  warnings: FoundWarning[];
  unused: UnusedAcknowledgement[];
} {
  const warnings: FoundWarning[] = [];
  const used = new WeakMap<IConstruct, Set<WarningId>>();
  for (const construct of constructs) {
    for (const warning of (producers.get(construct) ?? []).flatMap((produce) => produce())) {
      const owner = ownerOf(construct, warning.id);
      if (owner) {
        used.set(owner, (used.get(owner) ?? new Set()).add(warning.id));
      }
      warnings.push({ ...warning, construct, reason: owner && acknowledgements.get(owner)?.[warning.id] });
    }
  }
  const unused = constructs.flatMap((construct) =>
    (Object.keys(acknowledgements.get(construct) ?? {}) as WarningId[])
      .filter((id) => Object.hasOwn(WARNINGS, id) && !used.get(construct)?.has(id))
      .map((id) => ({ id, construct })),
  );
  return { warnings, unused };
}

function ownerOf(construct: IConstruct, id: WarningId): IConstruct | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope && !Object.hasOwn(acknowledgements.get(scope) ?? {}, id)) {
    scope = scope.node.scope;
  }
  return scope;
}
