import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

/** Refuses unknown fields in the platform's words, which clients look for; replaces graphql-js's own rule. */
export function FieldUndefinedRule(context: ValidationContext): ASTVisitor {
  const path: string[] = [];
  return {
    Field: {
      enter(node) {
        path.push(node.name.value);
        const type = context.getParentType();
        if (!type || context.getFieldDef()) return;
        const name = node.name.value;
        const message = `Validation error (FieldUndefined@[${path.join('/')}]) : Field '${name}' in type '${type.name}' is undefined`;
        context.reportError(new GraphQLError(message, { nodes: node, extensions: { ErrorType: 'InvalidSyntax' } }));
      },
      leave() {
        path.pop();
      },
    },
  };
}
