/**
 * What happens to one call: its interceptors, its marks, its repetition.
 */
@NullMarked
package io.flyteconnect.internal.call;

import org.jspecify.annotations.NullMarked;
