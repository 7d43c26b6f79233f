import { GetRoleCommand, GetUserCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { askCallerArn, type AwsCredentialIdentityProvider, loadCredentials } from '../verify';
import { arnParts, type Principal } from '../../iam';
import { innermostMessage } from '../../vault-api';

/** AWS, as the credentials of the person who runs a command see it. */
export interface AwsSide {
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly iam: IAMClient;
  /** The same IAM for another access key. */
  readonly iamOf: (key: { accessKeyId: string; secretAccessKey: string }) => IAMClient;
}

/**
 * @param stsEndpoint URL of STS @default AWS_ENDPOINT_URL_STS or AWS_ENDPOINT_URL, as for AWS's own tools, else the
 * public one
 * @throws CredentialsError if there are none
 * @throws Error if STS refuses them
 */
export async function awsSide(
  provider: AwsCredentialIdentityProvider,
  { region = 'us-east-1', stsEndpoint }: { readonly region?: string; readonly stsEndpoint?: string } = {},
): Promise<AwsSide> {
  const credentials = await loadCredentials(provider);
  const fromEnvironment = process.env.AWS_ENDPOINT_URL_STS ?? process.env.AWS_ENDPOINT_URL;
  const arn = await askCallerArn(credentials, { region, stsEndpoint: stsEndpoint ?? fromEnvironment });
  const { partition, accountId } = arnParts(arn);
  const iamOf: AwsSide['iamOf'] = (key) => new IAMClient({ region, credentials: key });
  return { accountId, partition, iam: iamOf(credentials), iamOf };
}

/** What AWS says about a principal. */
export type LookedUp =
  | { readonly state: 'found'; readonly uniqueId: string; readonly fullArn: string }
  | { readonly state: 'absent' }
  | { readonly state: 'not asked'; readonly why: string };

/** Whether it is there, with its unique ID and its path. It needs iam:GetUser or iam:GetRole. */
export async function lookUp(aws: AwsSide | undefined, principal: Principal): Promise<LookedUp> {
  const { accountId, kind, name } = principal;
  if (aws?.accountId !== accountId) {
    const given = aws ? `these are of account ${aws.accountId}` : 'there are none';
    return { state: 'not asked', why: `AWS credentials of account ${accountId} are needed; ${given}` };
  }
  try {
    if (kind === 'user') {
      const { User } = await aws.iam.send(new GetUserCommand({ UserName: name }));
      return { state: 'found', uniqueId: User!.UserId!, fullArn: User!.Arn! };
    }
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: name }));
    return { state: 'found', uniqueId: Role!.RoleId!, fullArn: Role!.Arn! };
  } catch (error) {
    return error instanceof NoSuchEntityException
      ? { state: 'absent' }
      : { state: 'not asked', why: innermostMessage(error) };
  }
}
