export { createApp } from './app.js';
export { createOperations } from './operations.js';
export { TodoStore } from './todo-store.js';
