package io.flyteconnect;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A failure that says what cannot be used, where it is set, why, and what to do. An
 * application that cannot start because of one explains it in this form. Never holds a
 * secret.
 *
 * @since 0.1.0
 */
public interface ExplainedFailure {

	/**
	 * Return what failed.
	 * @return a sentence without the full stop
	 */
	String getSummary();

	/**
	 * Return where it failed and why.
	 * @return the details in the order in which they are shown, empty if the summary says
	 * it all
	 */
	List<Detail> getDetails();

	/**
	 * Return what to do.
	 * @return one or more sentences
	 */
	String getAction();

	/**
	 * A line of the explanation, such as the property and its origin.
	 *
	 * @param label what the text is, for example {@code Property}, {@code Origin} or
	 * {@code Reason}
	 * @param text the text, or {@code null} if it is not known
	 */
	record Detail(String label, @Nullable String text) {

		/** The label of the full name of a property. */
		public static final String PROPERTY = "Property";

		/**
		 * The label of where the property above is set. If the text is {@code null}, it
		 * is looked up in the environment.
		 */
		public static final String ORIGIN = "Origin";

		/** The label of why it failed. */
		public static final String REASON = "Reason";

	}

}
