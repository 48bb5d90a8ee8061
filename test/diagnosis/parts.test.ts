import { decodeConsole, plainText } from '../../src/diagnosis/decode-console';
import { diagnose } from '../../src/diagnosis/diagnose';
import { diskBehind } from '../../src/diagnosis/disks';
import { isSilentSince, readLastWord } from '../../src/diagnosis/last-word';
import { readLines } from '../../src/diagnosis/log-line';
import { pictureKind } from '../../src/diagnosis/picture';
import { diagnosisLines } from '../../src/diagnosis/report';

const sda = { id: 'd-1', device: '/dev/xvda' };
const vdd = { id: 'd-4', device: '/dev/xvdd' };

describe('a console log', () => {
  it.each([
    ['colours', '\u001b[0;32mOK\u001b[0m', 'OK'],
    ['a menu that is painted', '\u001b[1;1Hone\u001b[2;1Htwo', '\none\ntwo'],
    ['a title', '\u001b]0;title\u0007text', 'text'],
    ['CR, LF and NUL', 'a\r\nb\rc\0d', 'a\nb\ncd'],
    ['an escape that was cut in two', '32mOK[0m', '32mOK'],
    ['two CPUs in one line', '[    1.000001] a[    1.000002] b', '[    1.000001] a\n[    1.000002] b'],
    ['no time stamp within brackets', '[12] [13] x', '[12] [13] x'],
  ])('is read without %s', (_name, printed, expected) => {
    expect(plainText(printed)).toBe(expected);
  });

  it('keeps what is no UTF-8 as replacement characters', () => {
    expect(decodeConsole(Buffer.from([0x61, 0xff, 0x62]).toString('base64'))).toBe('a\ufffdb');
  });

  it('is read line by line with level and time', () => {
    expect(readLines('<4>[   12.500000][ T99] a\n<30>b\n[  OK  ] c')).toEqual([
      { number: 1, at: 12.5, level: 4, text: 'a' },
      { number: 2, level: 6, text: 'b' },
      { number: 3, text: '[  OK  ] c' },
    ]);
  });
});

describe('the disk behind a device', () => {
  it.each([
    ['vdd', 'd-4'],
    ['vdd1', 'd-4'],
    ['xvda3', 'd-1'],
    ['sda', 'd-1'],
    ['vdb', undefined],
    ['nvme0n1', undefined],
    ['dm-0', undefined],
  ])('%s is %s', (device, id) => {
    expect(diskBehind(device, [sda, vdd])?.id).toBe(id);
  });

  it('is the only one where there is no choice', () => {
    expect(diskBehind('nvme0n1p1', [sda])?.id).toBe('d-1');
  });
});

describe('the last word', () => {
  it('is read as UTC+8 and as UTC', () => {
    expect(readLastWord('2026-03-02 10:04:57')).toEqual({
      written: '2026-03-02 10:04:57',
      earliest: 1_772_417_097_000,
      latest: 1_772_445_897_000,
    });
  });

  it('is old only when it is old in every reading', () => {
    const word = { written: '', earliest: 1000, latest: 5000 };
    expect([999, 3000, 5000, 5001].map((since) => isSilentSince(word, since))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it.each(['', '2026-03-02T10:04:57Z', '2026-13-40 10:04:57'])('is nothing in "%s"', (written) => {
    expect(readLastWord(written)).toBeUndefined();
  });
});

describe('a picture', () => {
  it.each([
    [[0x89, 0x50, 0x4e, 0x47, 0x0d], 'png'],
    [[0xff, 0xd8, 0xff, 0xe0], 'jpg'],
    [[0x47, 0x49, 0x46], undefined],
    [[], undefined],
  ])('%j is %s', (bytes, extension) => {
    expect(pictureKind(Uint8Array.from(bytes))?.extension).toBe(extension);
  });
});

it('reads well', () => {
  const log = [
    '[  900.000000] I/O error, dev vdd, sector 8 op 0x0:(READ)',
    '[  901.000000] I/O error, dev vdd, sector 16 op 0x0:(READ)',
    '[  902.000000] I/O error, dev vdd, sector 24 op 0x0:(READ)',
    '[  903.000000] I/O error, dev vdd, sector 32 op 0x0:(READ)',
    '[  910.500000] Kernel panic - not syncing: Fatal exception',
  ].join('\n');
  expect(diagnosisLines(diagnose(log, [vdd]))).toEqual([
    'crashed: infrastructure: boot 1 shows a kernel panic (Fatal exception), after read or write errors of a disk (vdd, d-4); no healthy boot follows',
    '',
    'evidence',
    '  boot 1  900.0 s  I/O error, dev vdd, sector 8 op 0x0:(READ)  [vdd is d-4]',
    '  boot 1  901.0 s  I/O error, dev vdd, sector 16 op 0x0:(READ)  [vdd is d-4]',
    '  boot 1  902.0 s  I/O error, dev vdd, sector 24 op 0x0:(READ)  [vdd is d-4]',
    '  boot 1  910.5 s  Kernel panic - not syncing: Fatal exception',
    '  and 1 more of disk-error',
    '',
    'what to do',
    '  save what can be read; a damaged local disk is isolated and replaced by answering its event',
    '  keep the vmcore (kdump); a second panic of the same kind is a reason to go back to the last kernel',
    '  look at d-4 first',
    '',
    'boots',
    '  1  its beginning is cut',
  ]);
});
