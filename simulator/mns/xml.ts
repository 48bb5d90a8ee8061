import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ApiError } from '../core/call';

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  isArray: (name, path) => path === `Messages.${name}` || path === `ReceiptHandles.${name}`,
});

/**
 * Reads a request body. A body that is no XML or has another root is refused as the service refuses it, which
 * is what unescaped `<` or `&` in a message lead to. https://www.alibabacloud.com/help/en/mns/developer-reference/error-codes
 */
export function parseBody(body: Buffer, root: string): Record<string, unknown> {
  const text = body.toString('utf8');
  const parsed: unknown = XMLValidator.validate(text) === true ? parser.parse(text) : undefined;
  const content = isRecord(parsed) ? parsed[root] : undefined;
  if (content === '') return {};
  if (!isRecord(content))
    throw new ApiError(400, 'MalformedXML', 'The XML you provided was not well-formed.');
  return content;
}

/** The text of a child, or `undefined` when it is absent or holds further elements. */
export function textOf(element: unknown, name: string): string | undefined {
  const child = isRecord(element) ? element[name] : undefined;
  return typeof child === 'string' ? child : undefined;
}

/** The children of a list element such as `Messages`. */
export function childrenOf(element: Record<string, unknown>, name: string): readonly unknown[] {
  const children = element[name];
  return Array.isArray(children) ? children : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
