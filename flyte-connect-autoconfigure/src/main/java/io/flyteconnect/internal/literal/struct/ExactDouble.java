package io.flyteconnect.internal.literal.struct;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Checks whether numbers can be stored as a double. A number without a fraction, such as
 * an id, has to be exact. A number with a fraction may be rounded, as long as the double
 * still has a fraction.
 *
 * @since 0.1.0
 */
public final class ExactDouble {

	/** All integers up to this one can be stored as a double. */
	private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf(1L << 53);

	private ExactDouble() {
	}

	/**
	 * Return whether a number can be stored as a double.
	 * @param number the number
	 * @return whether nothing is lost
	 */
	public static boolean canStore(Number number) {
		double rounded = number.doubleValue();
		if (number instanceof Double || number instanceof Float) {
			return true;
		}
		if (!Double.isFinite(rounded)) {
			return false;
		}
		if (number instanceof BigDecimal decimal) {
			return canStore(decimal, rounded);
		}
		return !isWhole(number) || isSame(number, rounded);
	}

	/**
	 * Return whether a double is exactly equal to a number.
	 * @param whole the number, one without a fraction
	 * @param value the double
	 * @return whether they are the same
	 */
	public static boolean isSame(Number whole, double value) {
		return Double.isFinite(value) && new BigDecimal(whole.toString()).compareTo(new BigDecimal(value)) == 0;
	}

	private static boolean isWhole(Number number) {
		return number instanceof BigInteger || number.toString().matches("-?[0-9]{1,1000}");
	}

	private static boolean canStore(BigDecimal number, double rounded) {
		if (rounded == 0) {
			return number.signum() == 0;
		}
		// Beyond that limit, the decimal text of the double has to be the number.
		return number.abs().compareTo(LARGEST_EXACT) <= 0 || number.compareTo(new BigDecimal(rounded)) == 0
				|| number.compareTo(new BigDecimal(Double.toString(rounded))) == 0;
	}

}
