import { DeleteAccessKeyCommand, DeleteRoleCommand, DeleteUserCommand } from '@aws-sdk/client-iam';
import type { RoleKind, CallerKind } from '../../../lib/constructs/vault/mount/caller';
import { EC2_METADATA, IAM_METADATA } from '../../../lib/constructs/vault/mount/identity-config';
import { loginFields, signIdentityRequest } from '../../../lib/operate/verify/signed-request';
import type { AccessKey } from '../../../sandbox/servers';
import { type Fleet, runFleet } from './fleet';
import { identityDocument, type Instance, runInstance } from './instance';
import { IdentityAuthority } from './instance-identity';
import { assumeRole, createRole, withoutEnforcement } from './other-account';
import { iamArn } from './principals';
import { ACCOUNT, type TestSandbox } from './test-sandbox';

type Values = Readonly<Record<string, string | undefined>>;

/** A login that was made, and what Vault knew of its entity. */
export interface MadeLogin {
  /** Which caller it was, for each kind of caller that it can be an example of. */
  readonly is: Readonly<Partial<Record<CallerKind, string>>>;
  readonly token: string;
  readonly atLogin: Values;
  /** Once all logins were made. */
  readonly later: Values;
}

/** Somebody who logs in. */
interface PlannedLogin {
  readonly is: MadeLogin['is'];
  readonly role: string;
  readonly proof: () => Promise<object>;
}

const NONCE = 'e2e';
const OTHER_ACCOUNT = '222222222222';

/** Callers of all kinds, who log in to a mount of each alias. */
export class TemplateLogins {
  static async start(sandbox: TestSandbox): Promise<TemplateLogins> {
    const fleet = await runFleet(sandbox);
    const neighbour = await runInstance(sandbox, { name: 'neighbour', subnetId: fleet.app.subnetId });
    for (const role of ['r1', 'r2', 'w3', 'AWSReservedSSO_Dev_0123456789abcdef']) {
      await createRole({ iam: sandbox.iam() }, role);
    }
    await withoutEnforcement(sandbox, async () => {
      const foreign = sandbox.iam(await assumeRole(sandbox, 'outsider', OTHER_ACCOUNT));
      await createRole({ iam: foreign }, 'r1');
    });
    const users = { u1: await sandbox.createUser('u1'), u2: await sandbox.createUser('u2') };
    return new TemplateLogins(sandbox, fleet, neighbour, users);
  }

  private readonly authority = new IdentityAuthority();

  private constructor(
    private readonly sandbox: TestSandbox,
    private readonly fleet: Fleet,
    /** Has another address than the others, which are all the first of a VPC. */
    private readonly neighbour: Instance,
    private readonly users: Record<'u1' | 'u2', AccessKey>,
  ) {}

  /** Mounts the method with an alias and all metadata. @returns the accessor */
  async mount(path: string, iamAlias: string, ec2Alias: string): Promise<string> {
    const { vault, record } = { vault: this.sandbox.vault.bind(this.sandbox), record: this.sandbox.record };
    const { admin, endpoint } = record.aws;
    await vault('POST', `sys/auth/${path}`, { type: 'aws' });
    await vault('POST', `auth/${path}/config/client`, {
      access_key: admin.accessKeyId,
      secret_key: admin.secretAccessKey,
      sts_endpoint: endpoint,
      sts_region: 'us-east-1',
      iam_endpoint: endpoint,
      endpoint,
    });
    await vault('POST', `auth/${path}/config/identity`, {
      iam_alias: iamAlias,
      ec2_alias: ec2Alias,
      iam_metadata: IAM_METADATA,
      ec2_metadata: EC2_METADATA,
    });
    await vault('POST', `auth/${path}/config/sts/${OTHER_ACCOUNT}`, {
      sts_role: this.fleet.foreignLookupRole,
    });
    await vault('POST', `auth/${path}/config/certificate/test`, {
      aws_public_cert: Buffer.from(this.authority.certificate).toString('base64'),
      type: 'identity',
    });
    const { data } = await vault<{ data: { accessor: string } }>('GET', `sys/auth/${path}`);
    return data.accessor;
  }

  /** All logins of a kind, to roles that are bound to all of them. */
  async logIn(kind: RoleKind, path: string, accessor: string): Promise<MadeLogin[]> {
    const made: Omit<MadeLogin, 'later'>[] = [];
    const ids: string[] = [];
    await this.declareRoles(path);
    for (const { is, role, proof } of this.planned(kind)) {
      const { auth } = await this.sandbox.vault<{ auth: { client_token: string; entity_id: string } }>(
        'POST',
        `auth/${path}/login`,
        { role, ...(await proof()) },
        '',
      );
      ids.push(auth.entity_id);
      made.push({
        is: Object.keys(is).length > 0 ? { ...is, 'vault-role': role } : is,
        token: auth.client_token,
        atLogin: await this.valuesOf(auth.entity_id, accessor),
      });
    }
    return Promise.all(
      made.map(async (login, index) => ({ ...login, later: await this.valuesOf(ids[index]!, accessor) })),
    );
  }

  private async declareRoles(path: string): Promise<void> {
    const accounts = [ACCOUNT, OTHER_ACCOUNT];
    const iam = (resources: readonly string[]) => ({
      auth_type: 'iam',
      resolve_aws_unique_ids: false,
      bound_iam_principal_arn: accounts.flatMap((account) =>
        resources.map((resource) => iamArn(resource, account)),
      ),
    });
    const plain = iam([
      ...['user/u1', 'user/u2'],
      ...['role/r1', 'role/r2', 'role/AWSReservedSSO_Dev_0123456789abcdef'],
    ]);
    const inferred = (region: string) => ({
      ...iam(['role/app', 'role/w3', 'role/foreign']),
      inferred_entity_type: 'ec2_instance',
      inferred_aws_region: region,
    });
    const roles = {
      plain,
      plain2: plain,
      inferred: inferred(this.fleet.app.region),
      inferred_abroad: inferred(this.fleet.abroad.region),
      ec2: { auth_type: 'ec2', bound_account_id: accounts },
      ec2_other: { auth_type: 'ec2', bound_account_id: accounts },
    };
    for (const [name, role] of Object.entries(roles)) {
      await this.sandbox.vault('POST', `auth/${path}/role/${name}`, role);
    }
  }

  private planned(kind: RoleKind): PlannedLogin[] {
    const { app, other, abroad, foreign } = this.fleet;
    switch (kind) {
      case 'iam':
        return [
          this.user('u1'),
          this.user('u2'),
          this.session('r1', 'a'),
          this.session('r1', 'b'),
          this.session('r2', 'a', ACCOUNT, 'plain2'),
          this.session('r1', 'a', OTHER_ACCOUNT),
          this.person('alice'),
          this.person('bob'),
          this.user('u1'),
          this.person('alice'),
          madeAgain(this.user('u1'), () => this.makeUserAgain('u1')),
          madeAgain(this.session('r2', 'a'), () => this.makeRoleAgain('r2')),
        ];
      case 'iam with inference':
        return [
          this.inferred('services/app', app),
          this.inferred('services/app', abroad, 'inferred_abroad'),
          this.inferred('w3', this.neighbour),
          this.inferred('services/foreign', foreign),
          madeAgain(this.inferred('w3', this.neighbour), () => this.makeRoleAgain('w3')),
        ];
      case 'ec2':
        return [
          this.instance(app),
          this.instance({ ...other, imageId: app.imageId }, 'ec2_other'),
          this.instance({ ...foreign, imageId: app.imageId }),
          this.instance(abroad),
          this.instance(app),
        ];
    }
  }

  private user(name: 'u1' | 'u2'): PlannedLogin {
    return { is: { user: name }, role: 'plain', proof: () => signed(this.users[name]) };
  }

  private session(iamRole: string, name: string, account = ACCOUNT, role = 'plain'): PlannedLogin {
    const proof = async () => signed(await assumeRole(this.sandbox, iamRole, account, name));
    const principal = `${account}/${iamRole}`;
    return { is: { 'iam-role': principal, 'pinned-session': `${principal}/${name}` }, role, proof };
  }

  private person(name: string): PlannedLogin {
    const { role, proof } = this.session('AWSReservedSSO_Dev_0123456789abcdef', name);
    return { is: { person: name }, role, proof };
  }

  private inferred(iamRole: string, instance: Instance, role = 'inferred'): PlannedLogin {
    return this.session(iamRole, instance.instanceId, instance.accountId, role);
  }

  private instance(instance: Instance, role = 'ec2'): PlannedLogin {
    const document = identityDocument(instance);
    const proof = {
      identity: Buffer.from(document).toString('base64'),
      signature: this.authority.sign(document),
      nonce: NONCE,
    };
    return {
      is: { instance: instance.instanceId, image: instance.imageId },
      role,
      proof: () => Promise.resolve(proof),
    };
  }

  private async makeUserAgain(UserName: 'u1'): Promise<void> {
    const iam = this.sandbox.iam();
    const AccessKeyId = this.users[UserName].accessKeyId;
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    await iam.send(new DeleteUserCommand({ UserName }));
    this.users[UserName] = await this.sandbox.createUser(UserName);
  }

  private async makeRoleAgain(RoleName: string): Promise<void> {
    const iam = this.sandbox.iam();
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await createRole({ iam }, RoleName);
  }

  private async valuesOf(entityId: string, accessor: string): Promise<Values> {
    const { data } = await this.sandbox.vault<{ data: Entity }>('GET', `identity/entity/id/${entityId}`);
    const alias = data.aliases.find(({ mount_accessor }) => mount_accessor === accessor)!;
    return {
      ...alias.metadata,
      'entity.id': data.id,
      'entity.name': data.name,
      // An administrator writes them, once for the entity.
      'entity.metadata': data.id,
      'alias.id': alias.id,
      'alias.name': alias.name,
      'alias.custom_metadata': alias.id,
    };
  }
}

interface Entity {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly {
    readonly id: string;
    readonly name: string;
    readonly mount_accessor: string;
    readonly metadata: Readonly<Record<string, string>> | null;
  }[];
}

/** Somebody else under the name of an earlier caller: is no caller of the table, but must change nothing of the earlier one. */
function madeAgain({ role, proof }: PlannedLogin, make: () => Promise<void>): PlannedLogin {
  return {
    is: {},
    role,
    proof: async () => {
      await make();
      return proof();
    },
  };
}

async function signed(key: AccessKey): Promise<object> {
  return loginFields(await signIdentityRequest(key, {}));
}
