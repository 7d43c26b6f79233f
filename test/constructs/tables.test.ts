import { Construct } from 'constructs';
import * as door from '../../lib/constructs';
import { fits } from '../../lib/constructs/checks';
import { lateList, lateText, preconditionsOf, synthesize } from '../support/stack';
import { EXAMPLES, ruledRows, type RuledText, ruledTexts } from './support/tables';
import { textsFor } from './support/texts';

/** What Terraform says of a value that is known only at apply: condition and message of each check in the stack. */
const checksOf = (declare: Parameters<typeof synthesize>[0]) => {
  const { resource, data = {} } = synthesize(declare);
  return [resource, data].flatMap((byType) =>
    Object.values(byType)
      .flatMap((byName) => Object.values(byName))
      .flatMap((found) => preconditionsOf(found as Record<string, unknown>)),
  );
};

/** Whether Terraform takes a text: what a condition says, with its regular expressions read as ours. */
const takes = (condition: string, text: string) =>
  [...condition.matchAll(/(!?)can\(regex\("((?:[^"\\]|\\.)*)", var\.late\)\)/g)].every(
    ([, not, pattern = '']) => new RegExp(pattern.replaceAll('\\\\', '\\')).test(text) !== (not === '!'),
  );

const places = EXAMPLES.flatMap((example) =>
  ruledTexts(example.table, example.props).map(
    (text): [string, string, (typeof EXAMPLES)[number], RuledText] => [
      (example.type as { name: string }).name,
      text.place,
      example,
      text,
    ],
  ),
);

describe('what is refused at synth is refused by Terraform too, and nothing else:', () => {
  test.each(places)('%s %s', (_, place, { table, declare }, { rule, with: propsWith }) => {
    const checks = checksOf((stack) => declare(stack, propsWith(lateText(stack))));
    const conditions = checks.filter(
      ([condition, message]) => condition.includes('regex(') && message.startsWith(`${place}: `),
    );
    expect(conditions).toHaveLength(1);
    const [[condition] = ['']] = conditions;

    for (const text of textsFor(rule)) {
      const problems = table.rule?.('', propsWith(text)) ?? [];
      const taken = !problems.some((problem) => problem.startsWith(`${place}: `));
      expect([text, taken]).toEqual([text, takes(condition, text) && (rule.also?.(text) ?? true)]);
      expect([text, fits(rule, text)]).toEqual([text, taken]);
    }
  });
});

describe('a list that is a reference as a whole is refused by Terraform for an entry that breaks the rule:', () => {
  const lists = places.filter(([, place]) => place.endsWith('[0]') && !place.startsWith('permissionSets'));
  test.each(lists)('%s %s', (_, entry, { declare, props }, { rule }) => {
    const place = entry.slice(0, -'[0]'.length);
    const late = (value: unknown, names: string[], list: string[]): unknown => {
      const [name, ...more] = names;
      return name === undefined
        ? list
        : {
            ...(value as object),
            [name]: late((value as Record<string, unknown>)[name], more, list),
          };
    };
    const checks = checksOf((stack) =>
      declare(stack, late(props, place.split('.'), lateList(stack)) as typeof props),
    );

    expect(
      checks.filter(
        ([condition, message]) =>
          message.startsWith(`${place}: each `) &&
          condition.includes(rule.pattern.source.replaceAll('\\', '\\\\')),
      ),
    ).toHaveLength(1);
  });
});

test('each construct that people import has a table here, and props for each rule of its table', () => {
  const classes = Object.values(door).filter(
    (type) => typeof type === 'function' && type.prototype instanceof Construct,
  );
  const tables = EXAMPLES.map(({ type }) => type);
  // An agent has rules of its own, and a stack only settings.
  expect(
    classes.filter((type) => !tables.includes(type)).map((type) => (type as { name: string }).name),
  ).toEqual(['VaultAgent', 'VaultAwsAuthStack']);

  for (const { table, props } of EXAMPLES) {
    expect([...new Set(ruledTexts(table, props).map(({ row }) => row))].sort()).toEqual(
      ruledRows(table).sort(),
    );
  }
});

test('JavaScript and Terraform read patterns in the same way', () => {
  const patterns = places.flatMap(([, , , { rule }]) => [
    rule.pattern,
    ...(rule.except ? [rule.except] : []),
  ]);

  for (const { source, flags } of patterns) {
    expect([source, flags]).toEqual([source, '']);
    // White space and any character are others in RE2, and it has no look-around.
    expect(source.replace(/\[\\s\\S\]/g, '')).not.toMatch(/\\[sSbB]|\(\?[^:]|(?:^|[^\\[])\.(?![^[]*\])/);
  }
});
