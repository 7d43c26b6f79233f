import { AnnotationMetadataEntryType } from 'cdktf';
// cdktf has no other way to add annotations when an app is written, and it does not export this one.
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import type { IConstruct } from 'constructs';
import type { Warning } from './warning';

/** A warning, and why it is accepted. */
export interface JudgedWarning extends Warning {
  /** @default nobody acknowledged it */
  readonly reason?: string;
}

/**
 * Adds the warnings of a construct to cdktf's annotations each time the app is written, once for each construct. Its
 * command line prints unacknowledged ones as warnings, and the others for information.
 */
export function annotate(construct: IConstruct, warnings: () => readonly JudgedWarning[]): void {
  addCustomSynthesis(construct, {
    onSynthesize: () => {
      const known = construct.node.metadata.map(({ data }) => data as unknown);
      for (const { id, message, reason } of warnings()) {
        const text =
          reason === undefined ? `${message} (${id})` : `${message} (${id}, acknowledged: ${reason})`;
        if (known.includes(text)) {
          continue;
        }
        // As cdktf's `Annotations` do, without a stack trace: it would be of this line, and takes long.
        construct.node.addMetadata(
          reason === undefined ? AnnotationMetadataEntryType.WARN : AnnotationMetadataEntryType.INFO,
          text,
        );
      }
    },
  });
}
