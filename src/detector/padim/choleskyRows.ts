/** Cholesky's factorisation of many small matrices one after another, in place and in float64. */

export interface CholeskyWork {
  /** Columns, and rows of the matrix to factorise: even. */
  readonly size: number;
  /** float64 [rows, size]; the first `size` rows take the lower triangle of A. */
  readonly rows: Float64Array;
}

/** Four rows are worked on at a time; the last of them may lie behind the end. */
const SPARE_ROWS = 3;

/**
 * Room for a matrix of `dimension` and further rows below it. An odd dimension gets one more row and
 * column, of the identity, which change nothing; the rows are all zero but for that.
 * @param below further rows; `same`: as many as the matrix has
 */
export function createCholeskyWork(dimension: number, below: number | 'same'): CholeskyWork {
  const size = dimension + (dimension % 2);
  const count = size + (below === 'same' ? size : below) + SPARE_ROWS;
  const rows = new Float64Array(count * size);
  if (size > dimension) rows[size * size - 1] = 1;
  return { size, rows };
}

/**
 * Sets A = scale x triangle + diagonal I.
 * @param triangle a lower triangle, row by row: float64 [dimension * (dimension + 1) / 2]
 */
export function setMatrix(
  { rows, size }: CholeskyWork,
  triangle: Float64Array,
  scale: number,
  diagonal: number,
): void {
  for (let row = 0, place = 0; place < triangle.length; row++) {
    const start = row * size;
    for (let column = 0; column <= row; column++) {
      rows[start + column] = scale * triangle[place++]!;
    }
    rows[start + row]! += diagonal;
  }
}

/**
 * Factorises A = L L' in place and turns each of the `below` rows x below it into inv(L) x. What
 * lies above the diagonal is neither read nor cleared.
 */
export function factorise({ rows, size }: CholeskyWork, below: number): void {
  for (let column = 0; column < size; column += 2) {
    factorisePair(rows, size, column);
    eliminate(rows, size, column, column + 2, size + below, false);
  }
}

/** As `factorise`, and puts the transpose of inv(L), upper triangular, into the rows below. */
export function factoriseAndInvert(work: CholeskyWork): void {
  const { rows, size } = work;
  setIdentityBelow(work);
  for (let column = 0; column < size; column += 2) {
    factorisePair(rows, size, column);
    // Row i of the inverse begins at column i.
    eliminate(rows, size, column, column + 2, size + column + 2, true);
  }
}

/** Of a factor L that the first rows hold, puts the transpose of inv(L) into the rows below. */
export function invert(work: CholeskyWork): void {
  const { rows, size } = work;
  setIdentityBelow(work);
  for (let column = 0; column < size; column += 2) {
    eliminate(rows, size, column, size, size + column + 2, true);
  }
}

function setIdentityBelow({ rows, size }: CholeskyWork): void {
  rows.fill(0, size * size, 2 * size * size);
  for (let i = 0; i < size; i++) rows[(size + i) * size + i] = 1;
}

/** The factor's elements where two columns meet their own rows. */
function factorisePair(rows: Float64Array, size: number, column: number): void {
  const p = column * size;
  const q = p + size;
  let pp = rows[p + column]!;
  let qp = rows[q + column]!;
  let qq = rows[q + column + 1]!;
  for (let k = 0; k < column; k++) {
    const x = rows[p + k]!;
    const y = rows[q + k]!;
    pp -= x * x;
    qp -= y * x;
    qq -= y * y;
  }
  const first = Math.sqrt(pp);
  const between = qp / first;
  rows[p + column] = first;
  rows[q + column] = between;
  rows[q + column + 1] = Math.sqrt(qq - between * between);
}

/**
 * What two columns of the factor make of the rows `start` to `end`: two columns and four rows at
 * once, as eight independent sums keep the processor busy where a single one would wait for each of
 * its additions.
 * @param identity whether the rows below began as the identity, so that zeros can be left out
 */
function eliminate(
  rows: Float64Array,
  size: number,
  column: number,
  start: number,
  end: number,
  identity: boolean,
): void {
  const next = column + 1;
  const p = column * size;
  const q = p + size;
  const first = rows[p + column]!;
  const between = rows[q + column]!;
  const second = rows[q + next]!;
  for (let row = start; row < end; row += 4) {
    const a = row * size;
    const b = a + size;
    const c = b + size;
    const d = c + size;
    let ap = rows[a + column]!;
    let bp = rows[b + column]!;
    let cp = rows[c + column]!;
    let dp = rows[d + column]!;
    let aq = rows[a + next]!;
    let bq = rows[b + next]!;
    let cq = rows[c + next]!;
    let dq = rows[d + next]!;
    for (let k = identity && row > size ? row - size : 0; k < column; k++) {
      const x = rows[p + k]!;
      const y = rows[q + k]!;
      let value = rows[a + k]!;
      ap -= value * x;
      aq -= value * y;
      value = rows[b + k]!;
      bp -= value * x;
      bq -= value * y;
      value = rows[c + k]!;
      cp -= value * x;
      cq -= value * y;
      value = rows[d + k]!;
      dp -= value * x;
      dq -= value * y;
    }
    ap /= first;
    bp /= first;
    cp /= first;
    dp /= first;
    rows[a + column] = ap;
    rows[b + column] = bp;
    rows[c + column] = cp;
    rows[d + column] = dp;
    rows[a + next] = (aq - ap * between) / second;
    rows[b + next] = (bq - bp * between) / second;
    rows[c + next] = (cq - cp * between) / second;
    rows[d + next] = (dq - dp * between) / second;
  }
}
