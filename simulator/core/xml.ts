import { XMLBuilder } from 'fast-xml-parser';

/** Text, a list of same-named children, or children by name; absent ones are left out. */
export type Xml = string | readonly Xml[] | { readonly [name: string]: Xml | undefined };

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

/** Writes one XML document. Only the root carries an attribute, its namespace: a known client fails on any other. */
export function renderXml(root: string, content: Xml, namespace?: string): string {
  const children = typeof content === 'string' ? { '#text': content } : content;
  const attributes = namespace === undefined ? {} : { '@xmlns': namespace };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: { ...attributes, ...children } })}`;
}
