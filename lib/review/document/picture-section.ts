import type { Report } from '../report';
import type { Section } from './section';

/** Principals, roles, policies and paths, and how they are connected. */
export function pictureSection({ plans }: Report): Section {
  return {
    title: 'The picture',
    unit: ['picture', 'pictures'],
    groups: [],
    pictures: plans
      .filter(({ picture }) => picture.edges.length > 0)
      .map(({ name, picture }) => ({ plan: plans.length > 1 ? name : undefined, picture })),
  };
}
