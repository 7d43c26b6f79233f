import { Duration } from 'aws-cdk-lib/core';
import { check, checkReport, renderCheck } from '../../../lib/constructs/checks';
import {
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  type IamAuthRoleProps,
} from '../../../lib/constructs/vault';
import { testApp } from '../../support/app';
import { emptyStack } from '../../support/stack';

function reportOf(props: Partial<IamAuthRoleProps>) {
  const app = testApp();
  const stack = emptyStack(app);
  const mount = new AwsAuthMount(stack, 'mount');
  const boundPrincipals = [BoundPrincipal.allUsers()];
  new IamAuthRole(stack, 'role', {
    mount,
    roleName: 'dev',
    boundPrincipals,
    tokenMaxTtl: Duration.hours(8),
    ...props,
  });
  return checkReport(check(app));
}

const NARROW = { boundPrincipals: [BoundPrincipal.user('alice')] };
const WARNING = {
  id: 'bind-all-principals',
  path: 'stack/role',
  message: "bound principal: all IAM users of the account may log in, present and future; got 'user/*'",
};

test('a report tells problems, warnings and acknowledged warnings apart', () => {
  expect(reportOf({ roleName: 'Dev' })).toEqual({
    problems: ["[stack/role] roleName: Vault lowercases a role name, write 'dev'; got 'Dev'"],
    warnings: [WARNING],
    acknowledged: [],
  });
  expect(reportOf({ acknowledge: { 'bind-all-principals': 'a test account' } })).toEqual({
    problems: [],
    warnings: [],
    acknowledged: [{ ...WARNING, reason: 'a test account' }],
  });
});

test('a person reads every part of it', () => {
  expect(renderCheck(reportOf({ roleName: 'Dev' }))).toBe(`1 problem:
  [stack/role] roleName: Vault lowercases a role name, write 'dev'; got 'Dev'

1 warning; narrow it, or write down the reason with acknowledge: { 'id': 'reason' }:
  [stack/role] ${WARNING.message} (bind-all-principals)`);
  expect(renderCheck(reportOf({ acknowledge: { 'bind-all-principals': 'a test account' } })))
    .toBe(`1 warning acknowledged:
  [stack/role] ${WARNING.message} (bind-all-principals)
    because: a test account`);
  expect(renderCheck(reportOf(NARROW))).toBe('No problems and no warnings.');
});
