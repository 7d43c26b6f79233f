import {
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  EC2Client,
  RegisterImageCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { SANDBOX_REGION } from '../../../sandbox/region';
import type { AccessKey } from '../../../sandbox/servers';
import { createInstanceProfile, type InstanceProfile } from './instance-profile';
import type { TestSandbox } from './test-sandbox';

/** A running EC2 instance, and all that a Vault role can be bound to. */
export interface Instance extends InstanceProfile {
  readonly instanceId: string;
  readonly imageId: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly accountId: string;
  readonly region: string;
  readonly availabilityZone: string;
  readonly instanceType: string;
  readonly privateIp: string;
  /** When it was started. */
  readonly launchTime: Date;
}

export interface InstanceProps {
  /** The name of its IAM role; the instance profile is `NAME-profile`. */
  readonly name: string;
  /** @default the sandbox's region */
  readonly region?: string;
  /** Who runs it: sets the account. @default the sandbox's administrator */
  readonly credentials?: AccessKey & { sessionToken?: string };
  /** @default a new one, in a new VPC */
  readonly subnetId?: string;
}

/** Runs an instance that shares nothing with any other: an image, a VPC, a subnet and an IAM role of its own. */
export async function runInstance(
  sandbox: TestSandbox,
  { name, region = SANDBOX_REGION, credentials = sandbox.record.aws.admin, subnetId }: InstanceProps,
): Promise<Instance> {
  const ec2 = ec2Client(sandbox, region, credentials);
  const profile = await createInstanceProfile(sandbox.iam(credentials), name);
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: name }));
  const { Instances, OwnerId } = await ec2.send(
    new RunInstancesCommand({
      ImageId,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnetId ?? (await makeSubnet(ec2)),
      IamInstanceProfile: { Arn: profile.instanceProfileArn },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: name }] }],
    }),
  );
  const [instance] = Instances!;
  return {
    ...profile,
    instanceId: instance!.InstanceId!,
    imageId: instance!.ImageId!,
    vpcId: instance!.VpcId!,
    subnetId: instance!.SubnetId!,
    accountId: OwnerId!,
    region,
    availabilityZone: instance!.Placement!.AvailabilityZone!,
    instanceType: instance!.InstanceType!,
    privateIp: instance!.PrivateIpAddress!,
    launchTime: instance!.LaunchTime!,
  };
}

async function makeSubnet(ec2: EC2Client): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc!.VpcId, CidrBlock: '10.0.0.0/24' }));
  return Subnet!.SubnetId!;
}

/** Puts a tag on an instance of the sandbox's own account. */
export async function tagInstance(
  sandbox: TestSandbox,
  { instanceId, region }: Instance,
  Key: string,
  Value: string,
): Promise<void> {
  const command = new CreateTagsCommand({ Resources: [instanceId], Tags: [{ Key, Value }] });
  await ec2Client(sandbox, region).send(command);
}

/** Stops an instance of the sandbox's own account. */
export async function stopInstance(sandbox: TestSandbox, { instanceId, region }: Instance): Promise<void> {
  await ec2Client(sandbox, region).send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
}

/** Starts it again; moto leaves its launch time as it was. */
export async function startInstance(sandbox: TestSandbox, { instanceId, region }: Instance): Promise<void> {
  await ec2Client(sandbox, region).send(new StartInstancesCommand({ InstanceIds: [instanceId] }));
}

/**
 * The instance identity document, as the instance's metadata service gives it.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html
 *
 * @param pendingTime when the instance was started last; on AWS stopping and starting makes it newer, a reboot not
 */
export function identityDocument(instance: Instance, pendingTime = instance.launchTime): string {
  const { accountId, availabilityZone, imageId, instanceId, instanceType, privateIp, region } = instance;
  const document = {
    accountId,
    architecture: 'x86_64',
    availabilityZone,
    billingProducts: null,
    devpayProductCodes: null,
    imageId,
    instanceId,
    instanceType,
    kernelId: null,
    marketplaceProductCodes: null,
    // AWS counts whole seconds.
    pendingTime: pendingTime.toISOString().replace(/\.\d+Z$/, 'Z'),
    privateIp,
    ramdiskId: null,
    region,
    version: '2017-09-30',
  };
  return JSON.stringify(document, null, 2);
}

function ec2Client({ record }: TestSandbox, region: string, credentials = record.aws.admin): EC2Client {
  return new EC2Client({ endpoint: record.aws.endpoint, region, credentials });
}
