/**
 * How far a connection gets, step by step.
 */
@NullMarked
package io.flyteconnect.doctor;

import org.jspecify.annotations.NullMarked;
