import type { Statement } from '../../iam';
import type { Report } from '../report';
import { names, say, type Sentence } from '../sentence';
import type { Group, Section } from './section';

/** IAM documents by their statements. */
export function iamSection({ plans }: Report): Section {
  return {
    title: 'IAM documents',
    unit: ['statement', 'statements'],
    groups: plans.flatMap(({ name, iam }) =>
      iam.map(({ of, kind, added, removed, readable, address }): Group => ({
        lead: [
          kind === 'trust' ? 'Who may assume ' : 'What is allowed by ',
          ...say`${of}, at ${address}`,
          ...(plans.length > 1 ? say` in ${name}` : []),
          ':',
        ],
        items: [
          ...(readable ? [] : [["can't be shown by statement: one side is no IAM policy document"]]),
          ...added.map((statement) => describe('added', statement)),
          ...removed.map((statement) => describe('removed', statement)),
        ],
      })),
    ),
  };
}

function describe(
  heading: string,
  { effect, actions, resources, principals, conditions }: Statement,
): Sentence {
  return [
    `${heading}: ${effect === 'Deny' ? 'denies' : 'allows'} `,
    ...names(actions, Infinity),
    ...(resources.length > 0 ? say` on ${names(resources, Infinity)}` : []),
    ...(principals.length > 0 ? say` to ${names(principals, Infinity)}` : []),
    ...(conditions === '' ? [] : say` if ${conditions}`),
  ];
}
