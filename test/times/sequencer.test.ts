import durations from './durations.json';

interface Test {
  readonly path: string;
  readonly context: { readonly config: { readonly rootDir: string } };
}

test('the files that take longest start first, after those that nobody has measured', async () => {
  const file = './sequencer.cjs';
  const { default: Sequencer } = (await import(file)) as {
    default: new (options: object) => { sort: (tests: readonly Test[]) => Test[] };
  };
  const known = Object.entries(durations).sort(([, a], [, b]) => a.seconds - b.seconds);
  const paths = [known[0]!, known.at(-1)!].map(([path]) => path);
  const rootDir = '/project';
  const tests = [...paths, 'test/new.test.ts'].map((path) => ({
    path: `${rootDir}/${path}`,
    context: { config: { rootDir } },
  }));
  const sequencer = new Sequencer({ contexts: [], globalConfig: {} });

  expect(sequencer.sort(tests).map(({ path }) => path.replace('/project/', ''))).toEqual([
    'test/new.test.ts',
    paths[1],
    paths[0],
  ]);
});
