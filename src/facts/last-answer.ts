/**
 * A pure function that keeps its last answer for each object that it was asked about, so that reading a menu again reads
 * only what has changed. The answer goes with the object.
 */
export function lastAnswer<Subject extends object, Rest extends readonly unknown[], Answer>(
  answer: (subject: Subject, ...rest: Rest) => Answer,
): (subject: Subject, ...rest: Rest) => Answer {
  const known = new WeakMap<Subject, { readonly rest: Rest; readonly answer: Answer }>();
  return (subject, ...rest) => {
    const last = known.get(subject);
    if (last?.rest.every((value, index) => value === rest[index])) return last.answer;
    const made = answer(subject, ...rest);
    known.set(subject, { rest, answer: made });
    return made;
  };
}
