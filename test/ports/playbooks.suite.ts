import type { Playbooks } from '../../src/engine/ports';

/** What every implementation of the port must do. `open` gives an empty folder without versions. */
export function describePlaybooks(name: string, open: () => Promise<Playbooks>): void {
  describe(`playbooks ${name}`, () => {
    let playbooks: Playbooks;
    beforeEach(async () => {
      playbooks = await open();
    });

    it('are none at first', async () => {
      expect(await playbooks.list()).toEqual([]);
      expect(await playbooks.read(['settings.yml'])).toEqual([]);
    });

    it('are listed in order, and read as they were written', async () => {
      await playbooks.write('pools/web.yml', 'name: 网页\n');
      await playbooks.write('a.yml', 'a: 1\n');
      const listed = await playbooks.list();
      expect(listed.map(({ path }) => path)).toEqual(['a.yml', 'pools/web.yml']);
      expect(await playbooks.read(['pools/web.yml', 'none.yml'])).toEqual([
        { path: 'pools/web.yml', text: 'name: 网页\n', etag: listed[1]?.etag },
      ]);
    });

    it('have another etag for another content', async () => {
      await playbooks.write('a.yml', 'a: 1\n');
      const [before] = await playbooks.list();
      await playbooks.write('a.yml', 'a: 2\n');
      const [after] = await playbooks.list();
      expect(after?.etag).not.toBe(before?.etag);
    });

    it('go, and going twice is no error', async () => {
      await playbooks.write('a.yml', 'a: 1\n');
      await playbooks.remove('a.yml');
      await playbooks.remove('a.yml');
      expect(await playbooks.list()).toEqual([]);
    });

    it('are kept beside the folder as versions', async () => {
      expect(await playbooks.readVersion('0123456789abcdef')).toBeUndefined();
      await playbooks.writeVersion('0123456789abcdef', '{"a":1}');
      await playbooks.writeVersion('0123456789abcdef', '{"a":2}');
      expect(await playbooks.readVersion('0123456789abcdef')).toBe('{"a":2}');
      expect(await playbooks.list()).toEqual([]);
    });
  });
}
