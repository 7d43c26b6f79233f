import {
  GetAccessKeyLastUsedCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserCommand,
  type IAMClient,
  NoSuchEntityException,
  paginateListAccessKeys,
  paginateListAttachedUserPolicies,
  paginateListGroupsForUser,
  paginateListUserPolicies,
  type Tag,
} from '@aws-sdk/client-iam';
import { isManagedByAws } from '../../iam';
import { CannotAdoptError, type LiveIamPolicy, type LiveUser } from './live';

/**
 * The IAM user whose access key Vault has.
 *
 * @throws CannotAdoptError if the account has no such key
 */
export async function readVaultUser(iam: IAMClient, accessKeyId: string): Promise<LiveUser> {
  const name = await userOfKey(iam, accessKeyId);
  const user = name === undefined ? undefined : await readUser(iam, name);
  if (!user) {
    throw new CannotAdoptError([
      `access key ${accessKeyId}: Vault has it, and AWS finds no IAM user with it; check that these are credentials of the account that Vault looks into, and that they may call iam:GetAccessKeyLastUsed`,
    ]);
  }
  return user;
}

async function userOfKey(iam: IAMClient, AccessKeyId: string): Promise<string | undefined> {
  try {
    return (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).UserName;
  } catch (error) {
    // AWS denies access for a key of another account, and does not say whose key it is.
    if (error instanceof NoSuchEntityException || (error as Error).name === 'AccessDenied') {
      return undefined;
    }
    throw error;
  }
}

/** An IAM user with everything that is attached to it; undefined if there is none of this name. */
export async function readUser(iam: IAMClient, UserName: string): Promise<LiveUser | undefined> {
  const name = { UserName };
  const found = await iam.send(new GetUserCommand(name)).catch((error: unknown) => {
    if (error instanceof NoSuchEntityException) {
      return undefined;
    }
    throw error;
  });
  const user = found?.User;
  if (!user) {
    return undefined;
  }
  const from = { client: iam };
  const [keys, attached, inline, groups] = await Promise.all([
    all(paginateListAccessKeys(from, name), (page) => page.AccessKeyMetadata),
    all(paginateListAttachedUserPolicies(from, name), (page) => page.AttachedPolicies),
    all(paginateListUserPolicies(from, name), (page) => page.PolicyNames),
    all(paginateListGroupsForUser(from, name), (page) => page.Groups),
  ]);
  return {
    name: UserName,
    path: user.Path!,
    arn: user.Arn!,
    tags: tagsOf(user.Tags),
    permissionsBoundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
    accessKeys: keys.map(({ AccessKeyId, Status }) => ({ id: AccessKeyId!, active: Status === 'Active' })),
    attachedPolicies: attached.map(({ PolicyName, PolicyArn }) => ({ name: PolicyName!, arn: PolicyArn! })),
    inlinePolicies: inline,
    groups: groups.map(({ GroupName }) => GroupName!),
  };
}

/**
 * The managed policy that gives Vault's user its permissions: the guide's, or else the first customer managed
 * policy.
 *
 * @throws CannotAdoptError if it has none
 */
export async function readIamPolicy(iam: IAMClient, user: LiveUser): Promise<LiveIamPolicy> {
  const own = user.attachedPolicies.filter(({ arn }) => !isManagedByAws(arn));
  const chosen = own.find(({ name }) => name === 'VaultAuthUser') ?? own[0];
  if (!chosen) {
    throw new CannotAdoptError([
      `IAM user ${user.name}: no customer managed policy is attached, and the stack needs one; first attach the user's permissions as one (its inline policies: ${user.inlinePolicies.join(', ') || 'none'})`,
    ]);
  }
  const PolicyArn = chosen.arn;
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy!.DefaultVersionId }),
  );
  return {
    name: chosen.name,
    arn: PolicyArn,
    path: Policy!.Path!,
    description: Policy!.Description ?? '',
    document: JSON.parse(decodeURIComponent(PolicyVersion!.Document!)) as object,
    tags: tagsOf(Policy!.Tags),
  };
}

async function all<Page, T>(pages: AsyncIterable<Page>, of: (page: Page) => T[] | undefined): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) {
    found.push(...(of(page) ?? []));
  }
  return found;
}

function tagsOf(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value!]));
}
