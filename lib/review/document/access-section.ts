import type { Grant } from '../../access';
import type { AccessDifference } from '../access-difference';
import type { Report } from '../report';
import { sayNotJudged } from '../not-judged';
import { through } from '../rules/access-gained';
import { names, say, type Sentence, words } from '../sentence';
import type { Group, Section } from './section';

/** Who gains and loses what, path by path. */
export function accessSection({ plans }: Report): Section {
  return {
    title: 'Who may do what',
    unit: ['path for somebody', 'paths for somebody'],
    groups: plans.flatMap(({ name, review }) =>
      review.differences.map((difference): Group => {
        const grant = (difference.after ?? difference.before) as Grant;
        return {
          lead: [
            ...say`${grant.principal.label} ${through(grant)}`,
            ...(plans.length > 1 ? say` in ${name}` : []),
            ...headingOf(difference),
          ],
          items: itemsOf(difference),
        };
      }),
    ),
  };
}

function headingOf({ before, after }: AccessDifference): Sentence {
  return [before === undefined ? ', new:' : after === undefined ? ', gone:' : ':'];
}

function itemsOf({
  before,
  paths,
  gainedPolicies,
  lostPolicies,
  notShown,
  notJudged,
  ofOthers,
}: AccessDifference): Sentence[] {
  const items = [
    ...(gainedPolicies.length > 0 ? [say`gets the policies ${names(gainedPolicies, Infinity)}`] : []),
    ...(lostPolicies.length > 0 ? [say`loses the policies ${names(lostPolicies, Infinity)}`] : []),
    ...paths.map(({ path, gained, lost }): Sentence => [
      ...say`${path}: `,
      ...(gained.length > 0 ? ['gains ', ...words(gained)] : []),
      ...(gained.length > 0 && lost.length > 0 ? ['; '] : []),
      ...(lost.length > 0 ? ['loses ', ...words(lost)] : []),
    ]),
    ...notShown.map(({ policy, why }): Sentence => [...say`what ${policy} gives is not shown`, `: ${why}`]),
    ...notJudged.map(({ policy, blocks }) => say`${policy}: ${sayNotJudged(blocks)}`),
    ...ofOthers.map(({ policy, plan }) => say`${policy} is taken from ${plan}, if both use the same Vault`),
  ];
  return items.length > 0
    ? items
    : [[before === undefined ? 'may log in, and gets no policy' : 'may no longer log in this way']];
}
