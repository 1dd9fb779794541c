/** Numbers that a conversation may note for its answer. */
export const notesOfConversation = 6;

/** Questions that are not answered yet, as columns that are used again and again. */
export class Conversations {
  terminals: Float64Array = new Float64Array(256);
  transactions: Float64Array = new Float64Array(256);
  /** Index of the exchange. */
  exchanges: Float64Array = new Float64Array(256);
  /** What the question said, for the answer: `notesOfConversation` numbers each. */
  notes: Float64Array = new Float64Array(256 * notesOfConversation);
  /** Events that are still to come. */
  pending: Float64Array = new Float64Array(256);
  readonly #free: number[] = [];
  #used = 0;

  /** Begin a conversation; returns its place. */
  begin(exchange: number, terminal: number, transaction: number): number {
    const place = this.#free.pop() ?? this.#used++;
    if (place === this.terminals.length) this.#grow();
    this.exchanges[place] = exchange;
    this.terminals[place] = terminal;
    this.transactions[place] = transaction;
    this.pending[place] = 0;
    return place;
  }

  end(place: number): void {
    this.#free.push(place);
  }

  #grow(): void {
    const longer = (column: Float64Array): Float64Array => {
      const grown = new Float64Array(2 * column.length);
      grown.set(column);
      return grown;
    };
    this.terminals = longer(this.terminals);
    this.transactions = longer(this.transactions);
    this.exchanges = longer(this.exchanges);
    this.notes = longer(this.notes);
    this.pending = longer(this.pending);
  }
}
