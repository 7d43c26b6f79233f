import { renderFiles, renderKinds } from './tables';

const cells = (table: string) =>
  table
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const steps = [
  { file: 'a.test.ts', kind: 'apply', milliseconds: 2_000 },
  { file: 'a.test.ts', kind: 'plan', milliseconds: 500 },
  { file: 'b.test.ts', kind: 'apply', milliseconds: 1_000 },
];

test('the table of files has the time before and now, and that of each kind of step', () => {
  const table = renderFiles({
    before: { 'a.test.ts': { seconds: 9, cpu: 5 } },
    now: { 'b.test.ts': { seconds: 1.5, cpu: 1 }, 'a.test.ts': { seconds: 3, cpu: 2 } },
    steps,
    tests: new Map([
      ['a.test.ts', 4],
      ['b.test.ts', 1],
    ]),
  });

  expect(cells(table)).toEqual([
    ['file', 'tests', 'before s', 'now s', 'before CPU s', 'now CPU s', 'apply', 'plan'],
    ['a.test.ts', '4', '9.0', '3.0', '5.0', '2.0', '2.0', '0.5'],
    ['b.test.ts', '1', '-', '1.5', '-', '1.0', '1.0', '0.0'],
    ['all', '5', '9.0', '4.5', '5.0', '3.0', '3.0', '0.5'],
  ]);
});

test('the table of steps has how often each kind was done, and how long one took', () => {
  expect(cells(renderKinds(steps))).toEqual([
    ['step', 'times', 'seconds', 'each ms'],
    ['apply', '2', '3.0', '1500'],
    ['plan', '1', '0.5', '500'],
  ]);
});
