import * as z from 'zod';
import { ApiError } from '../core/call';

const kilobyte = 1024;

/** https://www.alibabacloud.com/help/en/functioncompute/error-codes */
export function invalid(message: string): ApiError {
  return new ApiError(400, 'InvalidArgument', message);
}

/** What a caller sent, checked; the first thing that is wrong is refused as `InvalidArgument`. */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${issue!.path.join('.') || 'body'}: ${issue!.message}`);
}

/** Letters, digits, `_` and `-`, not beginning with a digit or a hyphen. */
const name = (length: number) =>
  z
    .string('is required')
    .regex(
      new RegExp(`^[A-Za-z_][\\w-]{0,${length - 1}}$`),
      `must be a name of at most ${length} characters`,
    );

export const ServiceSpec = z.looseObject({ serviceName: name(128), role: z.string().optional() });

const Environment = z
  .record(
    z
      .string()
      .regex(
        /^[A-Za-z]\w*$/,
        'names of environment variables begin with a letter and have letters, digits and _',
      )
      .refine((key) => !key.startsWith('FC_'), 'FC_ is reserved'),
    z.coerce.string(),
  )
  .refine(
    (values) => Buffer.byteLength(Object.entries(values).flat().join('')) <= 4 * kilobyte,
    'environment variables have at most 4 KB together',
  );

export const CodeSpec = z.object({
  /** Base64. */
  zipFile: z.string().optional(),
  ossBucketName: z.string().optional(),
  ossObjectName: z.string().optional(),
  checksum: z.string().optional(),
});

/**
 * A function in the API's spelling. Defaults and limits:
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-createfunction
 */
export const FunctionSpec = z.looseObject({
  functionName: name(64),
  handler: z.string('is required').min(1).max(128),
  runtime: z
    .string('is required')
    .regex(/^(nodejs|python|java|php|dotnetcore|go|custom)/, 'is not a runtime that Function Compute knows'),
  timeout: z.coerce.number().int().min(1).max(86_400).default(3),
  memorySize: z.coerce
    .number()
    .int()
    .min(128)
    .max(32_768)
    .multipleOf(64, 'must be a multiple of 64')
    .default(128),
  cpu: z.coerce.number().min(0.05).max(16).optional(),
  diskSize: z.coerce
    .number()
    .refine((size) => size === 512 || size === 10_240, 'must be 512 or 10240')
    .default(512),
  instanceConcurrency: z.coerce.number().int().min(1).max(200).default(1),
  environmentVariables: Environment.default({}),
  role: z.string().optional(),
  code: CodeSpec,
});

/** What an update of a function may name; the rest stays as it was. */
export const FunctionChange = z.looseObject({ code: CodeSpec.optional() });

const Destination = z.object({ destination: z.string().regex(/^acs:/, 'must be an ARN') }).optional();

/** https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/developer-reference/api-fc-2023-03-30-putasyncinvokeconfig */
export const AsyncConfigSpec = z.object({
  maxAsyncRetryAttempts: z.coerce.number().int().min(0).max(8).default(3),
  maxAsyncEventAgeInSeconds: z.coerce.number().int().min(1).max(604_800).default(86_400),
  asyncTask: z.boolean().optional(),
  /** What FC 2.0 calls it. */
  statefulInvocation: z.boolean().optional(),
  destinationConfig: z.object({ onSuccess: Destination, onFailure: Destination }).nullish(),
});

/** `triggerConfig` is an object in FC 2.0 and in templates, JSON text in FC 3.0. */
export const TriggerSpec = z.object({
  triggerName: name(128),
  triggerType: z.string('is required'),
  triggerConfig: z.union([z.string(), z.record(z.string(), z.unknown())]).default({}),
  sourceArn: z.string().optional(),
  invocationRole: z.string().optional(),
  description: z.string().optional(),
  qualifier: z.string().optional(),
});

export const TriggerChange = TriggerSpec.pick({
  triggerConfig: true,
  invocationRole: true,
  description: true,
  qualifier: true,
}).partial();

export type ServiceSpec = z.input<typeof ServiceSpec>;
export type FunctionSpec = z.input<typeof FunctionSpec>;
export type FunctionChange = z.input<typeof FunctionChange>;
export type AsyncConfigSpec = z.input<typeof AsyncConfigSpec>;
export type TriggerSpec = z.input<typeof TriggerSpec>;
export type TriggerChange = z.input<typeof TriggerChange>;
