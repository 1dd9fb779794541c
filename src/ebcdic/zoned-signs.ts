/** Overpunched signs in ASCII data: the plus and minus characters of digits 0-9. */
export const asciiSigns = {
  ebcdic: ['{ABCDEFGHI', '}JKLMNOPQR'],
  microfocus: ['0123456789', 'pqrstuvwxy'],
  fujitsu: ['@ABCDEFGHI', 'PQRSTUVWXY'],
} as const;
