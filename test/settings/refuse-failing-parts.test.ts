import { describe, expect, test } from 'vitest';
import { ConditionRefusal } from '../../src/settings/condition-problem.ts';
import { checkedCondition, conditionEnvironment } from '../../src/settings/parse-condition.ts';

const environment = conditionEnvironment().registerVariable('n', 'int').registerVariable('items', 'list<int>');

/** What is said of a condition, and of which character; `null`: nothing. */
function mistakeOf(text: string): string | null {
  const refuse = ({ at, message }: { at: number; message: string }): never => {
    throw new Error(`${at} ${message}`);
  };
  try {
    checkedCondition(text, environment, { expected: undefined, field: 'n' }, refuse);
    return null;
  } catch (error) {
    if (error instanceof ConditionRefusal) throw error;
    return (error as Error).message;
  }
}

describe('a condition with a part that can only fail is refused, and says which', () => {
  test.each([
    ['1/0 == 1', '0 1/0 can only fail: division by zero'],
    ['n > 5 || 1 % 0 == 1', '9 1 % 0 can only fail: modulo by zero'],
    ['n > 5 && (2 + (1/0)) == 1', '15 1/0 can only fail: division by zero'],
    ['n / 0 == 1', '4 a division by zero can only fail'],
    ['n % (3 - 3) == 1', '5 a modulo by zero can only fail'],
    ['n == 9223372036854775807 + 1', '5 9223372036854775807 + 1 can only fail: integer overflow: 9223372036854775808'],
    ['n == 9223372036854775808', '5 9223372036854775808 can only fail: the number has more than 64 bits'],
    ['n in [1, 99999999999999999999]', '9 99999999999999999999 can only fail: the number has more than 64 bits'],
    ['n == -(-9223372036854775808)', '5 --9223372036854775808 can only fail: the number has more than 64 bits'],
    ['n == int(1e30)', '5 int(1e30) can only fail: the number has more than 64 bits'],
    ['n == int("x")', '5 int("x") can only fail: int() type error: cannot convert to int'],
    ['n == [1, 2][5]', '5 [1, 2][5] can only fail: No such key: index out of bounds, index 5 >= size 2'],
    ['items.all(x, x > 1/0)', '17 1/0 can only fail: division by zero'],
    ['n == 1 ? 1/0 == 1 : true', '9 1/0 can only fail: division by zero'],
  ])('%s', (text, mistake) => {
    expect(mistakeOf(text)).toBe(mistake);
  });
});

describe('a condition that may hold is not refused', () => {
  test.each([
    'n / 2 == 1',
    'n == 9223372036854775807',
    'n >= -9223372036854775808',
    'n == (7 + 3) / 2 % 3',
    '1 / n == 1',
    'n == 2 || (false && 1/0 == 1)', // CEL: the other side decides
    'items.exists(x, 10 / x == 2)',
    'n == size("abc") - 3',
    '1.5 / 0.0 > 3.0', // infinity
    '"a\\"\\n\\u00e9".size() == n',
    '"🐎".size() == 1 || n == 2',
  ])('%s', (text) => {
    expect(mistakeOf(text)).toBeNull();
  });

  test('and takes no longer for nested divisions', () => {
    const nested = `n == ${'n / ('.repeat(20)}n${')'.repeat(20)}`;
    expect(mistakeOf(nested)).toBeNull();
  });
});
