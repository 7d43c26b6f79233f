import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { iamArn } from '../../iam';
import { freeId } from '../terraform';
import { partitionChecks } from './partition';

/** Terraform reads it first of all, so a wrong partition stops before anything is made. */
class CheckedPartition extends DataAwsPartition {
  override get terraformMetaArguments(): Record<string, unknown> {
    // All is declared by now.
    const postcondition = partitionChecks(TerraformStack.of(this));
    this.lifecycle = postcondition.length > 0 ? { postcondition } : undefined;
    return super.terraformMetaArguments;
  }
}

/** The AWS account and partition that a stack is applied in, read at plan time from the credentials in use. */
export class AwsAccount {
  private static readonly byStack = new WeakMap<TerraformStack, AwsAccount>();

  /** The account of the stack that the scope is in; its two data sources are made at the first call. */
  static of(scope: Construct): AwsAccount {
    const stack = TerraformStack.of(scope);
    const known = AwsAccount.byStack.get(stack) ?? new AwsAccount(stack);
    AwsAccount.byStack.set(stack, known);
    return known;
  }

  /** The twelve digits of the account. */
  readonly accountId: string;
  private readonly partitionData: DataAwsPartition;
  private partitionName?: string;

  private constructor(stack: TerraformStack) {
    this.accountId = new DataAwsCallerIdentity(stack, freeId(stack, 'caller')).accountId;
    this.partitionData = new CheckedPartition(stack, freeId(stack, 'partition'));
  }

  /** `aws`, `aws-cn` or `aws-us-gov`. */
  get partition(): string {
    return (this.partitionName ??= this.partitionData.partition);
  }

  /** The ARN of something of IAM. @param resource for example `user/alice` @param account another account */
  iamArn(resource: string, account = this.accountId): string {
    return iamArn({ partition: this.partition, accountId: account }, resource);
  }
}
