import { SelfRotatingIamUser } from '../../../lib/constructs/aws';
import { problemsOf, synthesize } from '../../support/stack';

const declare = (rotation: number) => (stack: Parameters<Parameters<typeof problemsOf>[0]>[0]) =>
  void new SelfRotatingIamUser(stack, 'vault_user', { permissionsFor: ['look-up-users'], rotation });

test('the user may replace its own key, by its ARN, and has none from Terraform', () => {
  const { resource } = synthesize(declare(1));

  const [policy] = Object.values(resource.aws_iam_policy!);
  expect(JSON.parse(policy!.policy as string)).toMatchObject({
    Statement: [
      { Sid: 'LookUpUsers', Resource: '*' },
      {
        Sid: 'ReplaceOwnAccessKey',
        Action: ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:GetUser'],
        Resource: '${aws_iam_user.vault_user.arn}',
      },
    ],
  });
  expect(resource.aws_iam_access_key).toBeUndefined();
  expect(resource.aws_iam_user!.vault_user).toMatchObject({
    force_destroy: true,
    tags: { 'vault-key-generation': '1' },
  });
});

test.each([0, 1.5])('a counter is refused: %d', (rotation) => {
  expect(problemsOf(declare(rotation))).toEqual([
    `[stack/vault_user] rotation: must be a whole number from 1, known at synth; got ${rotation}`,
  ]);
});
