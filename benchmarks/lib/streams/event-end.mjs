/** A character that is in every event once and nowhere else in an answer, so that events are counted without parsing them. */
export const eventEnd = '~';
