import type { UnjudgedBlock } from '../policy';
import { names, say, type Sentence } from './sentence';

/** What of a policy is not judged; there is some. */
export function sayNotJudged(unjudged: readonly UnjudgedBlock[]): Sentence {
  const blocks = [...new Set(unjudged.map(({ block }) => block))];
  return [
    'not judged here: ',
    ...blocks.flatMap((block, index): Sentence => {
      const paths = unjudged.filter((each) => each.block === block).map(({ path }) => path);
      return [`${index > 0 ? '; ' : ''}${block} of `, ...say`${names(paths)}`];
    }),
  ];
}
