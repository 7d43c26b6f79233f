import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  RemoveUserFromGroupCommand,
} from '@aws-sdk/client-iam';
import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import type { AccessKey } from '../../../sandbox/servers';
import { type AwsAuthMountProps, IamGroups, type IamGroupsProps } from '../../../lib/constructs/vault';
import { methodStack, MOUNT } from './method-stack';
import type { TestSandbox } from './test-sandbox';

/** What a login gives. */
export interface Login {
  readonly client_token: string;
  readonly entity_id: string;
  readonly token_policies: readonly string[];
  readonly identity_policies: readonly string[] | null;
}

/** Users and groups in the sandbox's IAM, and logins at its Vault. */
export class Directory {
  constructor(readonly sandbox: TestSandbox) {}

  /** Makes a group, and the users that it lacks; they are its first members. */
  async group(GroupName: string, ...users: string[]): Promise<void> {
    await this.sandbox.iam().send(new CreateGroupCommand({ GroupName }));
    for (const user of users) {
      await this.join(GroupName, user);
    }
  }

  async user(UserName: string, Path = '/'): Promise<AccessKey> {
    const iam = this.sandbox.iam();
    await iam.send(new CreateUserCommand({ UserName, Path }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  }

  async join(GroupName: string, UserName: string): Promise<void> {
    await this.sandbox.iam().send(new AddUserToGroupCommand({ GroupName, UserName }));
  }

  async leave(GroupName: string, UserName: string): Promise<void> {
    await this.sandbox.iam().send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
  }

  /** Deletes a user, who is in no group any more. */
  async deleteUser(UserName: string, { accessKeyId: AccessKeyId }: AccessKey): Promise<void> {
    await this.sandbox.iam().send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    await this.sandbox.iam().send(new DeleteUserCommand({ UserName }));
  }

  async logIn(
    credentials: Parameters<typeof signIdentityRequest>[0],
    role = 'people',
    mount = MOUNT,
    serverIdHeader?: string,
  ): Promise<Login> {
    const body = { role, ...loginFields(await signIdentityRequest(credentials, { serverIdHeader })) };
    return (await this.sandbox.vault<{ auth: Login }>('POST', `auth/${mount}/login`, body, '')).auth;
  }

  /** The policies that a token has from its groups, as Vault says now. */
  async policiesOf({ client_token }: Login): Promise<readonly string[]> {
    const { data } = await this.sandbox.vault<{ data: { identity_policies?: readonly string[] } }>(
      'GET',
      'auth/token/lookup-self',
      undefined,
      client_token,
    );
    return data.identity_policies ?? [];
  }
}

/** A stack with IAM groups on a mount, whose policies are in Vault already: their names alone. */
export const groupsStack = (
  sandbox: TestSandbox,
  groups: IamGroupsProps['groups'],
  {
    declare,
    ...mountProps
  }: AwsAuthMountProps & { readonly declare?: Parameters<typeof methodStack>[1] } = {},
) =>
  methodStack(
    sandbox,
    (mount, stack) => {
      new IamGroups(stack, 'groups', { mount, roleName: 'people', groups });
      declare?.(mount, stack);
    },
    { identity: { iamAlias: 'unique_id' }, ...mountProps },
  );
