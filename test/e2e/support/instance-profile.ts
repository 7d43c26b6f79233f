import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { EVERYBODY } from './other-account';

/** A path, because that is where ARNs and names part: Vault looks profiles up by name and compares ARNs. */
const PATH = '/services/';

export interface InstanceProfile {
  readonly instanceProfileArn: string;
  readonly roleArn: string;
}

/** Makes an IAM role for EC2 instances, and the instance profile `NAME-profile` that holds it. */
export async function createInstanceProfile(iam: IAMClient, name: string): Promise<InstanceProfile> {
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      Path: PATH,
      // moto can't tell EC2 from anybody else, and the tests take the instance's sessions themselves.
      AssumeRolePolicyDocument: EVERYBODY,
    }),
  );
  const InstanceProfileName = `${name}-profile`;
  const { InstanceProfile } = await iam.send(
    new CreateInstanceProfileCommand({ InstanceProfileName, Path: PATH }),
  );
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: name }));
  return { instanceProfileArn: InstanceProfile!.Arn!, roleArn: Role!.Arn! };
}
