import type { Values } from './value';

/** One instance of a resource or of a data source. */
export interface Resource {
  /** With the key of its instance: `vault_policy.app["a"]`. */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  /** The key among the instances of one block. @default there is one instance only, or its key is not known */
  readonly key?: string | number;
  readonly values: Values;
  /** What the configuration refers to for an attribute, by its name; `depends_on` counts as one. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

/** What Terraform does with a resource. */
export type Action = 'create' | 'update' | 'delete' | 'replace' | 'forget' | 'read' | 'no-op';

/** One instance before and after. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** @default there was none */
  readonly before?: Resource;
  /** @default there will be none */
  readonly after?: Resource;
  /** Its address in the state now, if it moves. */
  readonly previousAddress?: string;
  /** It is there and is taken into the state. */
  readonly imported: boolean;
  /** Why Terraform does this, in its own word: `replace_by_triggers`. */
  readonly reason?: string;
}

/** What one Terraform plan is about, without any secret. */
export interface Plan {
  /** What it was read from, for messages. */
  readonly source: string;
  readonly before: readonly Resource[];
  readonly after: readonly Resource[];
  /** All instances that the plan names, including those without a change. */
  readonly changes: readonly ResourceChange[];
  /** What changed outside Terraform since the last apply. */
  readonly drift: readonly ResourceChange[];
  /** Terraform put something off: another plan follows. */
  readonly incomplete: boolean;
}
