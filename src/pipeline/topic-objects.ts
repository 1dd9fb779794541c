import type { PlainMember, PlainObject } from '../schema/plain-object.ts';

const text = (name: string, title: string): PlainMember => ({ name, title, value: 'text' });
const integer = (name: string, title: string): PlainMember => ({ name, title, value: 'integer' });
const number = (name: string, title: string): PlainMember => ({ name, title, value: 'number' });
const maybe = (member: PlainMember): PlainMember => ({ ...member, optional: true });

const bet = text('bet', 'the bet');
const terminal = text('terminal', 'the terminal that sold it');
const campaign = text('campaign', 'the campaign');
const coupon = text('coupon', 'the coupon');
const cents = number('value', 'cents');
const moment = 'milliseconds since 1970-01-01T00:00:00Z';
const time = number('time', `event time, ${moment}`);

const rawFrame: readonly PlainMember[] = [
  maybe(text('type', 'type of the frame; null: none of the catalog')),
  text('role', 'request, response or notice'),
  text('key', 'correlation key'),
  maybe(integer('sequence', 'sequence; null in a protocol without')),
  { name: 'time', title: 'event time', value: 'time' },
  text('raw', 'its bytes, hexadecimal'),
];
const reason = maybe(text('reason', 'why it was rejected'));

const issue: PlainObject = {
  name: 'issue',
  members: [
    text('code', 'code of what is wrong'),
    text('severity', 'error or note'),
    text('path', 'names down to the field; empty: the record'),
    integer('offset', 'bytes from the start of the record'),
    integer('length', 'bytes'),
    text('hex', 'the bytes, hexadecimal'),
    text('expected', 'what should have been there'),
  ],
};

/** What the records of topics are that no copybook describes: those of frames that were not decoded, and those of rewards. */
export const topicObjects: readonly PlainObject[] = [
  ...['notices', 'expired', 'orphans', 'late', 'duplicates'].map((name) => ({ name, members: rawFrame })),
  { name: 'rejected', members: [...rawFrame, reason] },
  {
    name: 'quarantine',
    members: [
      text('_file', 'the input'),
      maybe(integer('_record', 'number of the entry in the journal; null: no frame')),
      integer('_offset', 'position in the journal'),
      integer('_length', 'bytes'),
      text('_raw', 'the bytes, hexadecimal'),
      { name: '_issues', title: 'what is wrong', value: { listOf: issue } },
    ],
  },
  {
    name: 'rewards',
    members: [
      bet,
      text('ticket', 'the ticket'),
      terminal,
      time,
      campaign,
      integer('version', 'version of the campaigns'),
      coupon,
      cents,
      maybe(number('expiry', `until when the coupon holds, ${moment}; null: for ever`)),
      text('reason', 'what earned it'),
    ],
  },
  {
    name: 'cancelled-coupons',
    members: [bet, terminal, campaign, coupon, cents, time, text('outcome', 'revoked')],
  },
  {
    name: 'decisions',
    members: [
      bet,
      terminal,
      time,
      number('now', `when it was decided, ${moment}`),
      text('outcome', 'what became of the bet, or of its cancellation'),
      integer('version', 'version of the campaigns; 0: there were none'),
      {
        name: 'campaigns',
        title: 'those whose conditions the bet meets',
        value: {
          listOf: {
            name: 'campaign',
            members: [
              campaign,
              text('outcome', 'what it did'),
              maybe(coupon),
              maybe(cents),
              maybe(text('detail', 'a number that says more')),
            ],
          },
        },
      },
    ],
  },
];
