declare const PLAYBOOK_COMPILER: string | undefined;

/** Names the code that makes a configuration of YAML. The build puts its digest in; as source it has none. */
export const compiler = typeof PLAYBOOK_COMPILER === 'undefined' ? 'source' : PLAYBOOK_COMPILER;
