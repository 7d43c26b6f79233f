import { checkStack, type Settings } from '../../../lib/constructs/stacks';

const POLICY = 'login.policy gives all of secret/data/*';
const TEST_USER = 'aws.testUser makes a user with an access key';

const warningsOf = (settings: Partial<Settings>, address = 'https://vault.example.com') =>
  checkStack({ vault: { address }, ...settings })
    .warnings.filter(({ id }) => id === 'guide-defaults')
    .map(({ path, message }) => `[${path}] ${message}`);
const warning = (...left: string[]) => [
  `[vault-aws-auth] the guide's defaults are for trying it, set your own: ${left.join(', ')}; got 'https://vault.example.com'`,
];

const own = { policyName: 'app', rules: [{ path: 'secret/data/app', capabilities: ['read' as const] }] };

describe("the guide's defaults are warned of", () => {
  test.each<[Partial<Settings>, string[]]>([
    [{}, warning(POLICY, TEST_USER)],
    [{ aws: { testUser: false } }, warning(POLICY)],
    [{ login: { policy: own } }, warning(TEST_USER)],
    [{ login: { policy: false }, aws: { testUser: { userName: 'tester' } } }, []],
  ])('with %j', (settings, warnings) => {
    expect(warningsOf(settings)).toEqual(warnings);
  });

  test('not on the machine itself', () => {
    expect(warningsOf({}, 'http://127.0.0.1:8200')).toEqual([]);
    expect(warningsOf({}, 'https://localhost')).toEqual([]);
  });
});
