declare module 'express4' {
  export * from 'express';
  export { default } from 'express';
}
