package io.flyteconnect.documentation;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts of three or more words that a user can meet. A text is a literal, or all
 * that is concatenated to it; what is variable in it is <code>{}</code>. By its position
 * a text is none for users: in an annotation, a {@code toString()}, a log line below
 * INFO, a {@code requireNonNull}, an {@code Assert} that says that a parameter must not
 * be null or empty, the name of a condition, the reason of a cancelled attempt, a regular
 * expression, a comparison with a foreign text, and as a further argument of an enum's
 * constant, whose first one is what it says and whose others are what it recognizes.
 */
final class MessageScanner extends TreeScanner<@Nullable Void, @Nullable Void> {

	private static final Set<String> NOT_FOR_USERS = Set.of("debug", "trace", "requireNonNull", "forCondition",
			"cancel", "compile", "matches", "replaceAll", "replaceFirst", "split", "contains", "startsWith", "endsWith",
			"equals", "equalsIgnoreCase", "indexOf");

	private static final Pattern PLACE = Pattern.compile("%(?:\\d+\\$)?[-0-9.,]*[a-zA-Z]");

	/**
	 * A word stands between blanks, and is more than a variable part or a name with dots.
	 */
	private static final Pattern WORD = Pattern
		.compile("(?<!\\S)[('\"{}\\[\\]]*\\p{L}[\\p{L}'/-]*[)'\"{},;:.?!\\]]*(?!\\S)");

	private static final Pattern PARAMETER = Pattern.compile("'\\w+' must not be (null|empty)");

	private static final int WORDS = 3;

	private final Consumer<String> found;

	private @Nullable String enumeration;

	MessageScanner(Consumer<String> found) {
		this.found = found;
	}

	@Override
	public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
		return null;
	}

	@Override
	public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
		return method.getName().contentEquals("toString") ? null : super.visitMethod(method, nothing);
	}

	@Override
	public @Nullable Void visitCase(CaseTree branch, @Nullable Void nothing) {
		scan(branch.getStatements(), nothing);
		return scan(branch.getBody(), nothing);
	}

	@Override
	public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
		String outer = this.enumeration;
		this.enumeration = (type.getKind() == Tree.Kind.ENUM) ? type.getSimpleName().toString() : null;
		super.visitClass(type, nothing);
		this.enumeration = outer;
		return null;
	}

	@Override
	public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void nothing) {
		// Nothing but a constant can be made of an enum.
		boolean constant = creation.getIdentifier().toString().equals(this.enumeration);
		scan(constant ? creation.getArguments().stream().limit(1).toList() : creation.getArguments(), nothing);
		return scan(creation.getClassBody(), nothing);
	}

	@Override
	public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
		scan(call.getMethodSelect(), nothing);
		if (isAssert(call.getMethodSelect()) && call.getArguments().stream().anyMatch(MessageScanner::isOfParameter)) {
			return null;
		}
		return isForUsers(call.getMethodSelect()) ? scan(call.getArguments(), nothing) : null;
	}

	private static boolean isForUsers(ExpressionTree method) {
		if (method instanceof MemberSelectTree select) {
			return !NOT_FOR_USERS.contains(select.getIdentifier().toString());
		}
		return true;
	}

	private static boolean isAssert(ExpressionTree method) {
		return method instanceof MemberSelectTree select && select.getExpression().toString().equals("Assert");
	}

	private static boolean isOfParameter(ExpressionTree argument) {
		return argument instanceof LiteralTree literal
				&& PARAMETER.matcher(String.valueOf(literal.getValue())).matches();
	}

	@Override
	public @Nullable Void visitBinary(BinaryTree binary, @Nullable Void nothing) {
		if (binary.getKind() != Tree.Kind.PLUS) {
			return super.visitBinary(binary, nothing);
		}
		report(binary);
		scanVariableParts(binary);
		return null;
	}

	private void scanVariableParts(ExpressionTree part) {
		if (part instanceof BinaryTree sum && part.getKind() == Tree.Kind.PLUS) {
			scanVariableParts(sum.getLeftOperand());
			scanVariableParts(sum.getRightOperand());
		}
		else if (!(part instanceof LiteralTree)) {
			scan(part, null);
		}
	}

	@Override
	public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
		report(literal);
		return null;
	}

	private void report(ExpressionTree expression) {
		String template = PLACE.matcher(template(expression)).replaceAll("{}").replaceAll("\\s+", " ").strip();
		if (isMessage(template)) {
			this.found.accept(template);
		}
	}

	static boolean isMessage(String template) {
		return WORD.matcher(template).results().count() >= WORDS;
	}

	private static String template(ExpressionTree expression) {
		if (expression instanceof ParenthesizedTree inner && isText(inner.getExpression())) {
			return template(inner.getExpression());
		}
		if (expression instanceof BinaryTree sum && expression.getKind() == Tree.Kind.PLUS) {
			return template(sum.getLeftOperand()) + template(sum.getRightOperand());
		}
		if (expression instanceof LiteralTree literal) {
			return String.valueOf(literal.getValue());
		}
		return "{}";
	}

	// A sum within brackets may be one of numbers.
	private static boolean isText(ExpressionTree expression) {
		if (expression instanceof BinaryTree sum && expression.getKind() == Tree.Kind.PLUS) {
			return isText(sum.getLeftOperand()) || isText(sum.getRightOperand());
		}
		return expression.getKind() == Tree.Kind.STRING_LITERAL;
	}

}
