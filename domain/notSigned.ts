/** The type of the failure by which what nobody signed is refused, where it comes from the world into a program. */
export const notSigned = 'NotSigned';
