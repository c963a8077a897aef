import './desk.ts';
import './desk.css';
