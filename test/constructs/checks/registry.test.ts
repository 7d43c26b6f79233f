import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  acknowledge,
  type Acknowledgements,
  addWarnings,
  check,
  WARNINGS,
} from '../../../lib/constructs/checks';
import { testApp } from '../../support/app';
import { emptyStack, problemsOf } from '../../support/stack';

/** A construct with a warning of long TTLs, in another one. */
function declare(stack: TerraformStack): { outer: Construct; inner: Construct } {
  const outer = new Construct(stack, 'outer');
  const inner = new Construct(outer, 'inner');
  addWarnings(inner, () => [{ id: 'long-ttl', message: 'a long TTL' }]);
  return { outer, inner };
}

const reasonsOf = (build: (stack: TerraformStack) => void) => {
  const app = testApp();
  build(emptyStack(app));
  return check(app).warnings.map(({ reason }) => reason);
};

describe('a warning', () => {
  test('has no reason if nobody acknowledged it', () => {
    expect(reasonsOf(declare)).toEqual([undefined]);
  });

  test('has the reason of its construct', () => {
    expect(reasonsOf((stack) => acknowledge(declare(stack).inner, { 'long-ttl': 'a batch job' }))).toEqual([
      'a batch job',
    ]);
  });

  test('has the reason of what it is declared in', () => {
    expect(
      reasonsOf((stack) => {
        declare(stack);
        acknowledge(stack, { 'long-ttl': 'a test account' });
      }),
    ).toEqual(['a test account']);
  });

  test('has the reason of the nearest construct that gives one', () => {
    expect(
      reasonsOf((stack) => {
        const { outer, inner } = declare(stack);
        acknowledge(outer, { 'long-ttl': 'farther' });
        acknowledge(inner, { 'long-ttl': 'nearer' });
      }),
    ).toEqual(['nearer']);
  });

  test('has no reason if its id was given without one', () => {
    expect(reasonsOf((stack) => acknowledge(declare(stack).inner, { 'long-ttl': undefined }))).toEqual([
      undefined,
    ]);
  });

  test('is found once all is declared, and not before', () => {
    const messages = ['too early'];
    const app = testApp();
    addWarnings(new Construct(emptyStack(app), 'construct'), () =>
      messages.map((message) => ({ id: 'long-ttl', message })),
    );
    messages[0] = 'in time';

    expect(check(app).warnings.map(({ message }) => message)).toEqual(['in time']);
  });

  test('is listed with the others of its construct', () => {
    expect(
      reasonsOf((stack) => {
        const { inner } = declare(stack);
        addWarnings(inner, () => [{ id: 'resolve-off', message: 'by name' }]);
        acknowledge(inner, { 'resolve-off': 'another account' });
      }),
    ).toEqual([undefined, 'another account']);
  });
});

describe('an acknowledgement is refused', () => {
  const problemsWith = (acknowledged: Acknowledgements) =>
    problemsOf((stack) => acknowledge(declare(stack).inner, acknowledged));

  test('of a warning that does not exist', () => {
    const unknown: Record<string, string> = { 'far-off': 'a typing error', 'long-ttl': 'a batch job' };

    expect(problemsWith(unknown)).toEqual([
      `[stack/outer/inner] acknowledge: there is no warning 'far-off'; there are ${Object.keys(WARNINGS).join(', ')}`,
    ]);
  });

  test.each(['', '  '])('with the reason %j', (reason) => {
    expect(problemsWith({ 'long-ttl': reason })).toEqual([
      `[stack/outer/inner] acknowledge: 'long-ttl' needs a reason; got '${reason}'`,
    ]);
  });
});

describe('an acknowledgement is listed as unused, and is no problem,', () => {
  const checked = (build: (stack: TerraformStack) => void) => {
    const app = testApp();
    build(emptyStack(app));
    const { problems, unused } = check(app);
    return { problems, unused: unused.map(({ id, construct }) => [id, construct.node.path]) };
  };

  test('if its warning is not raised, because another environment may raise it', () => {
    expect(
      checked((stack) =>
        acknowledge(declare(stack).inner, { 'long-ttl': 'a batch job', 'resolve-off': 'another account' }),
      ),
    ).toEqual({ problems: [], unused: [['resolve-off', 'stack/outer/inner']] });
  });

  test('if a nearer construct has acknowledged all that it is for', () => {
    expect(
      checked((stack) => {
        acknowledge(stack, { 'long-ttl': 'farther' });
        acknowledge(declare(stack).inner, { 'long-ttl': 'nearer' });
      }),
    ).toEqual({ problems: [], unused: [['long-ttl', 'stack']] });
  });
});
