package io.flyteconnect.doctor;

/**
 * What is known of one step.
 *
 * @param step the step
 * @param outcome how it ended
 * @param text what was found, or what is wrong and what to do
 * @since 0.1.0
 */
public record DiagnosedStep(DiagnosisStep step, Outcome outcome, String text) {

	@Override
	public String toString() {
		return this.step + ": " + this.outcome.text + (this.text.isEmpty() ? "" : ", " + this.text);
	}

	/**
	 * How a step ended.
	 */
	public enum Outcome {

		/**
		 * It is taken.
		 */
		OK("ok"),

		/**
		 * It fails.
		 */
		FAILED("failed"),

		/**
		 * It does not exist on the way of this connection.
		 */
		NOT_THERE("not there"),

		/**
		 * An earlier one fails.
		 */
		NOT_REACHED("not reached");

		private final String text;

		Outcome(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
