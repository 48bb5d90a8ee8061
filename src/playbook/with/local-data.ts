import * as z from 'zod';

/** Said of an answer that brings local disks back empty, where nothing saves them. */
export const LocalData = z
  .literal('mayBeLost')
  .describe(
    'What local disks hold may be lost. Without this word, a redeployment of an instance with local disks needs a verified backup.',
  );
